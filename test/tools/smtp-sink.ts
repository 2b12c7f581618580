/**
 * A mail relay that keeps what it is sent: `node smtp-sink.ts ADDRESS PORT USER PASSWORD starttls|plain`. It wants a login,
 * which it takes over TLS only; prints one JSON object per mail.
 */
import { readFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const [address = '', port = '', user = '', password = '', mode = ''] = process.argv.slice(2);
new SMTPServer({
  key: readFileSync('/run/tls/key.pem'),
  cert: readFileSync('/run/tls/cert.pem'),
  hideSTARTTLS: mode === 'plain',
  allowInsecureAuth: false,
  onAuth({ username, password: given }, _session, done) {
    if (username === user && given === password) done(null, { user: username });
    else done(new Error('wrong login'));
  },
  onData(stream, { envelope, user: login, secure, clientHostname }, done) {
    let text = '';
    stream.setEncoding('utf8').on('data', part => {
      text += part;
    });
    stream.on('end', () => {
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
      const to = envelope.rcptTo.map(one => one.address);
      console.log(JSON.stringify({ from, to, login, secure, clientHostname, text }));
      done();
    });
  },
}).listen(Number(port), address);
