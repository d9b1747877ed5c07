// The one page that anybody may see: how to come in. Says nothing else about the platform.

export const shutPage = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>401</title></head>
<body>
<h1>需要一次性链接 A one-time link is needed</h1>
<p>此链接无效或已用过，或登录已过期。 This link is wrong or was used, or the session is over.</p>
<p>请在运行 onekey 的电脑上执行 <code>onekey serve --link</code>（或重新启动）获取新链接，每个链接只能用一次。</p>
<p>Get a new one where onekey runs: <code>onekey serve --link</code>, or start it again.
Each link opens once.</p>
</body>
</html>
`;
