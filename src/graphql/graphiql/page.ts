import { examples } from './examples.js';

/** The page around GraphiQL: a field for the key, and an example of each step of a migration. */
export const page = () => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Landfall</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="graphiql/files/graphiql.css">
<link rel="stylesheet" href="graphiql/files/page.css">
</head>
<body>
<noscript>GraphiQL needs JavaScript.</noscript>
<div id="bar">
<label for="key">API key</label>
<input id="key" type="password" autocomplete="off" spellcheck="false" placeholder="Type an API key to begin">
<span>It stays in this browser tab. The tabs below are the steps of a migration: replace names in capitals by values of earlier answers.</span>
</div>
<div id="root"></div>
<script type="application/json" id="examples">${JSON.stringify(examples).replaceAll('<', '\\u003c')}</script>
<script src="graphiql/files/graphql-ws.js"></script>
<script src="graphiql/files/graphiql.js"></script>
<script type="module" src="graphiql/files/page.js"></script>
</body>
</html>
`;
