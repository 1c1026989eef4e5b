import { closeAtEndOfFile } from './end-of-file.js';

closeAtEndOfFile();
