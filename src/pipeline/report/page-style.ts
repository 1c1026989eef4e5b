/** The style of all pages, on a screen and on paper. */
export const pageStyle = `
:root{color-scheme:light;--ink:#1c2430;--soft:#5b6675;--line:#d9dee5;--wash:#f5f7f9;--accent:#0f5c5c;--bad:#a3261b;
--c0:#0f6e6e;--c1:#7cb7a8;--c2:#e0a93b;--c3:#b4372b}
*{box-sizing:border-box}
html{font:16px/1.55 "Segoe UI",system-ui,-apple-system,Roboto,"Helvetica Neue",Arial,sans-serif;color:var(--ink);background:#fff;
-webkit-text-size-adjust:100%}
body{max-width:70rem;margin:0 auto;padding:2.5rem 2rem 4rem;overflow-wrap:break-word}
header{border-top:5px solid var(--accent);padding-top:1.25rem}
header p{margin:0;color:var(--accent);font-weight:600;letter-spacing:.04em;font-size:.8rem}
h1{font-size:1.9rem;line-height:1.2;margin:.15rem 0 1.1rem;text-wrap:balance}
h2{font-size:1.25rem;line-height:1.3;margin:2.4rem 0 .7rem;padding-top:.9rem;border-top:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.7rem 0 .5rem}
p,ul,ol{margin:.6rem 0}
a{color:var(--accent)}
h2 a,h3 a{color:inherit;text-decoration:none}
h2 a:hover,h3 a:hover{text-decoration:underline}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.75rem 1.5rem;margin:0;padding:1rem 1.2rem;
background:var(--wash);border-radius:8px}
dt{font-size:.75rem;color:var(--soft)}
dd{margin:0;font-size:.9rem;font-weight:600;overflow-wrap:anywhere}
.summary h2{border:0;padding:0;margin:1.6rem 0 .5rem}
.summary>p:first-of-type{font-size:1.05rem}
.summary td{padding:.24rem .7rem}
.table{overflow-x:auto;margin:.9rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{padding:.42rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);min-width:3.2rem}
th{font-size:.78rem;color:var(--soft);font-weight:600;border-bottom:2px solid var(--line);white-space:nowrap}
td{overflow-wrap:break-word}
td[align=right],th[align=right]{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tbody tr:nth-child(even){background:var(--wash)}
code{background:var(--wash);border:1px solid var(--line);border-radius:4px;padding:.05em .35em;font:.87em/1.4 ui-monospace,Menlo,Consolas,monospace;
overflow-wrap:anywhere}
li{margin:.25rem 0}
li.task{list-style:none;margin-left:-1.4rem}
li.task label{display:flex;gap:.6rem;align-items:baseline}
li.task input{flex:none;width:1rem;height:1rem;margin:0;position:relative;top:.12rem;accent-color:var(--accent)}
nav{margin:1.5rem 0 0;padding:.9rem 1.2rem;border:1px solid var(--line);border-radius:8px;font-size:.9rem}
nav p{margin:0 0 .3rem;font-weight:600}
nav ul{margin:0;padding:0;list-style:none;columns:14rem;column-gap:2rem}
nav li{margin:.1rem 0;break-inside:avoid}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));gap:1.5rem;margin:1.5rem 0 0}
figure{margin:0;padding:1rem 1.2rem;border:1px solid var(--line);border-radius:8px;break-inside:avoid}
figcaption{font-weight:600;font-size:.9rem;margin-bottom:.6rem}
svg{display:block;width:100%;max-width:32rem;height:auto}
svg text{font:11px "Segoe UI",system-ui,Arial,sans-serif;fill:var(--soft)}
svg .s0{fill:var(--c0)}svg .s1{fill:var(--c1)}svg .s2{fill:var(--c2)}svg .s3{fill:var(--c3)}svg .track{fill:var(--line)}
.signature table{font-size:.95rem}
.signature td{height:3.2rem;vertical-align:bottom}
.signature tbody tr{background:none!important}
@media (max-width:40rem){body{padding:1.25rem 1rem 3rem}h1{font-size:1.5rem}dl{grid-template-columns:1fr 1fr;gap:.6rem 1rem;padding:.8rem 1rem}
table{font-size:.82rem}th,td,.summary td{padding:.3rem .4rem}td{overflow-wrap:anywhere}td:not([align=right]){min-width:5.4rem}svg text{font-size:14px}ol,ul{padding-left:1.4rem}}
@media print{@page{size:A4;margin:16mm 14mm}html{font-size:10pt}body{max-width:none;padding:0}
header{padding-top:.6rem}a{color:inherit;text-decoration:none}nav{break-inside:avoid}h2,h3{break-after:avoid}tr,li,figure,.signature{break-inside:avoid}
thead{display:table-header-group}.table{overflow:visible}th{white-space:normal}
dl,tbody tr:nth-child(even),.track,svg rect,li.task input{-webkit-print-color-adjust:exact;print-color-adjust:exact}
td,th{min-width:0;overflow-wrap:anywhere}td:not([align=right]){min-width:6.4em}}
`;
