// A process that joins the embedded Postgres, prints that, and leaves on SIGTERM: `node member.mjs DATA_DIR`.
import { EmbeddedPostgres } from '../../dist/src/store/embedded/embedded-postgres.js';

const member = await EmbeddedPostgres.join(process.argv[2], message => console.error(message));
process.once('SIGTERM', () => member.leave().then(() => process.exit(0)));
console.log(`joined ${member.serverUrl}`);
setInterval(() => {}, 1_000);
