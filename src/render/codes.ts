/** What an edited template can be told. */
import type { CodeTable } from '../diagnostics/diagnostic.ts';

export const renderCodes = {
  'template-syntax': {
    severity: 'error',
    summary:
      'A template is no valid Handlebars text, or uses a part of Handlebars that templates may not use.',
    why: 'The file it lays out cannot be rendered. Templates are kept small on purpose (values, `if`, `unless`, `each`, `lookup`, partials), so that what a file says is decided in one place.',
    fix: 'Correct the marked place, or take the built-in template again.',
  },
  'template-unknown-name': {
    severity: 'error',
    summary: 'A template names a value, a block or a partial that does not exist.',
    why: 'Handlebars alone would print nothing there, and the file would silently lack a line.',
    fix: 'Use a name that the built-in template uses; the data of a file is the same for every template of its kind.',
  },
  'template-wrong-type': {
    severity: 'error',
    summary: 'A template loops over something that is no list.',
    why: 'Handlebars alone would render nothing, and the file would silently lack those lines.',
    fix: 'Loop over the list that the built-in template loops over.',
  },
  'template-readback': {
    severity: 'error',
    summary: 'What an edited template rendered does not say what the topology says.',
    why: 'Every rendered file is parsed again the way its program parses it. A line that is missing, added or different would be applied to the host without anyone having declared it.',
    fix: 'Change only the layout in a template: order of words, comments, blank lines. To change what the file says, change the topology.',
  },
  'template-unused': {
    severity: 'warning',
    summary: 'A template file has a name that no rendered file and no other template uses.',
    why: 'The edit in it has no effect, most often because of a misspelt name.',
    fix: 'Name the file like the built-in template it is to replace.',
  },
} as const satisfies CodeTable;
