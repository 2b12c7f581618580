/** An S3 server with TLS: `node s3-server.ts ADDRESS PORT ENDPOINT BUCKET`, certificate and data below /run/s3. */
import { readFileSync } from 'node:fs';
import S3rver from 's3rver';

const [address = '', port = '', serviceEndpoint = '', bucket = ''] = process.argv.slice(2);
const server = new S3rver({
  address,
  port: Number(port),
  serviceEndpoint,
  directory: '/run/s3/data',
  key: readFileSync('/run/s3/key.pem', 'utf8'),
  cert: readFileSync('/run/s3/cert.pem', 'utf8'),
  silent: true,
  configureBuckets: [{ name: bucket, configs: [] }],
});
// Its own log loses the method.
server.middleware.unshift(async ({ method, url }, next) => {
  console.log(`${method} ${url}`);
  await next();
});
await server.run();
