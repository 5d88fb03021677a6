"""The style sheets of the report's pages: system fonts and colours only, light and dark."""

STYLE = """
:root{--ink:#1c2024;--soft:#5d6670;--paper:#fff;--line:#e0e3e7;--tint:#f5f6f8;
--green:#18794e;--amber:#8f5a00;--red:#c62a2f;--mark:#fff2b8;
--c0:#0072b2;--c1:#d55e00;--c2:#009e73;--c3:#b0558c;--c4:#8a6d00;--c5:#7a828a}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#9aa3ad;--paper:#16181b;
--line:#30353b;--tint:#1f2226;--green:#4cc38a;--amber:#f0b429;--red:#ff6b6b;--mark:#5c4a00;
--c0:#56b4e9;--c1:#f08a3c;--c2:#2fc99a;--c3:#e39ac6;--c4:#e6c229;--c5:#9aa3ad}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:64rem;margin:0 auto;padding:1rem}
header{border-left:.4rem solid var(--green);padding:.2rem 0 .2rem 1rem;margin:1rem 0}
header.failed,header.broke{border-color:var(--red)}header.quarantined{border-color:var(--amber)}
h1{font-size:1.7rem;line-height:1.2;margin:.1rem 0}
h2{font-size:1.15rem;margin:2rem 0 .6rem}h3{font-size:1rem;margin:0 0 .3rem}
p{margin:.2rem 0}.run,.ids,.note,small,footer{color:var(--soft);font-size:.85rem}
.ids,code,.run{font-family:ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
code{font-size:.9em}
.message{background:var(--tint);padding:.6rem .8rem;border-radius:.4rem;white-space:pre-wrap}
.sum{font-size:1.1rem;display:flex;flex-wrap:wrap;gap:.2rem .6rem;align-items:baseline}
.sum.bad{color:var(--red);font-weight:600}
article{border:1px solid var(--line);border-left:.25rem solid var(--amber);
border-radius:.4rem;padding:.6rem .8rem;margin:.6rem 0}
article.grave{border-left-color:var(--red)}
article p{overflow-wrap:anywhere}
blockquote{margin:.4rem 0;padding:.4rem .8rem;background:var(--tint);border-radius:.3rem;
white-space:pre-wrap;overflow-wrap:anywhere}
mark{background:var(--mark);color:inherit;border-radius:.2rem;padding:0 .1rem}
details{border-top:1px solid var(--line);padding:.4rem 0}
summary{cursor:pointer;font-weight:600;padding:.3rem 0}summary small{font-weight:400}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th{text-align:left;color:var(--soft);font-weight:500}
th,td{padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
.n{text-align:right;font-variant-numeric:tabular-nums}
.badge{font-size:.75rem;font-weight:600;color:var(--green)}
.badge.failed,.badge.warned{color:var(--amber)}.badge.broke{color:var(--red)}
.bar{display:inline-block;width:4rem;height:.5rem;background:var(--tint);border-radius:.25rem;
overflow:hidden;vertical-align:middle}.bar rect{fill:var(--amber)}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));
gap:1rem 1.5rem}
figure{margin:0;min-width:0}figcaption{font-weight:600;font-size:.9rem}
figure details{border:0;padding:0}figure summary{font-weight:400;font-size:.8rem;color:var(--soft)}
.legend{display:flex;flex-wrap:wrap;gap:.1rem .8rem;font-size:.8rem;color:var(--soft)}
.key{overflow-wrap:anywhere}.key::before{content:"";display:inline-block;width:.7rem;height:.7rem;
border-radius:.15rem;margin-right:.3rem;background:var(--c)}
.color-0{--c:var(--c0)}.color-1{--c:var(--c1)}.color-2{--c:var(--c2)}.color-3{--c:var(--c3)}.color-4{--c:var(--c4)}.color-5{--c:var(--c5)}
.chart{display:block;width:100%;max-width:26rem;height:auto}
.chart text{fill:var(--soft);font-size:10px;text-anchor:middle}
.chart .axis.y text{text-anchor:end}.chart .background{fill:none}
.chart .axis.x g:first-of-type text{text-anchor:start}
.chart .axis.x g:last-of-type text{text-anchor:end}
.chart .line{fill:none;stroke:var(--line)}.chart .axis.x .guide{stroke:none}
.chart .series .line{stroke:var(--c);stroke-width:2}
.chart .rect{fill:var(--c);stroke:var(--paper);stroke-width:.5}.chart .dot{fill:var(--c)}
a{color:inherit}footer{margin:3rem 0 1rem}
@media(max-width:40rem){thead{display:none}tr{display:block;padding:.4rem 0;
border-bottom:1px solid var(--line)}td{display:block;border:0;padding:.05rem 0;text-align:left}
td.n{text-align:left}td:empty{display:none}
td.n::before,td:nth-child(n+3)::before{content:attr(data-head) ": ";color:var(--soft)}}
""".strip()
