/** Texts that were meant as an address and are none: nobody sees at once what is wrong with `10.20.50.256`. */

/** A URL or `HOST:PORT` around an IPv4 address, or a length behind it. */
const IPV4_LIKE = /^([0-9]+(?:\.[0-9]+)+)\.?(?:[:/].*)?$/;
const IPV6_LIKE = /^\[?((?=[^:]*:[^:]*:)[0-9A-Za-z:]{2,60})(?:[\]/].*)?$/;

/** A name, port and path behind it, whose last part is a number. */
const NUMBERED_NAME = /^(?=[0-9.]*[A-Za-z-])(?:[0-9A-Za-z-]+\.)+([0-9]+)(?:[:/].*)?$/;

/** In words, why a text that looks like an address cannot be one; undefined when it does not look like any. */
export function addressSlip(text: string): string | undefined {
  // The colon of a scheme belongs to no address.
  const host = text.replace(/^[a-z]+:\/\//, '');
  const number = NUMBERED_NAME.exec(host)?.[1];
  if (number !== undefined) return `no name ends in a number alone, as this one in ${number}`;
  const ipv4 = IPV4_LIKE.exec(host)?.[1];
  const wrong = ipv4 === undefined ? ipv6Slip(IPV6_LIKE.exec(host)?.[1]) : ipv4Slip(ipv4);
  return wrong === undefined
    ? undefined
    : `it looks like an IPv${ipv4 === undefined ? 6 : 4} address, but ${wrong}`;
}

function ipv4Slip(text: string): string | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return `it has ${parts.length} numbers instead of 4`;
  const large = parts.find(part => Number(part) > 255);
  if (large !== undefined) return `${large} is more than 255`;
  const padded = parts.find(part => /^0[0-9]/.test(part));
  return padded === undefined ? undefined : `${padded} has a leading zero`;
}

function ipv6Slip(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const groups = text.split(':').filter(group => group !== '');
  const odd = groups.find(group => !/^[0-9A-Fa-f]{1,4}$/.test(group));
  if (odd !== undefined) return `"${odd}" is no group of 1 to 4 hexadecimal digits`;
  if (text.includes(':::') || text.split('::').length > 2) return '"::" may stand in it only once';
  const isShort = text.includes('::');
  if (/^:[^:]|[^:]:$/.test(text)) return 'it begins or ends with a single ":"';
  if (isShort ? groups.length > 7 : groups.length !== 8)
    return `it has ${groups.length} groups ${isShort ? 'besides "::"' : 'instead of 8'}`;
  return undefined;
}
