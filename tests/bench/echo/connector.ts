import { createServer } from 'node:http';
import { listen } from './listen.ts';

/* A connector as Microsoft's is, on loopback: takes a bot's answers and gives each an id. */
let taken = 0;
listen(
  createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      taken += 1;
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(`{"id":"${taken}"}`);
    });
  }),
);
