/** The pages by path. The build reads the paths, so that the gateway serves the client at each. */

const ROUTES = [
  { path: '/', page: 'home', title: 'Home' },
  { path: '/join', page: 'join', title: 'Join' },
  { path: '/login', page: 'login', title: 'Log in' },
  { path: '/products', page: 'products', title: 'Products' },
  { path: '/products/new', page: 'product-form', title: 'List a product', member: true, section: 'products' },
  { path: '/products/import', page: 'import', title: 'Import products', member: true, section: 'products' },
  { path: '/products/:id', page: 'product', title: 'Product', section: 'products' },
  { path: '/products/:id/edit', page: 'product-form', title: 'Edit a product', member: true, section: 'products' },
  { path: '/posts/:id', page: 'post', title: 'Post' },
  { path: '/people', page: 'people', title: 'People', member: true },
  { path: '/members/:id', page: 'member', title: 'Member', section: 'people' },
  { path: '/members/:id/:list', page: 'member', title: 'Member', section: 'people' },
  { path: '/@:handle', page: 'handle', title: 'Member', section: 'people' },
  { path: '/jobs/:service/:id', page: 'job', title: 'Job', member: true },
  { path: '/settings', page: 'settings', title: 'Settings', member: true },
].map((route) => ({ ...route, pattern: new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`) }));

/** The route of a path, with its parameters. */
export function findRoute(path) {
  for (const route of ROUTES) {
    const match = route.pattern.exec(path);
    if (match) {
      return { ...route, params: decode(match.groups ?? {}) };
    }
  }
  return { page: 'not-found', title: 'Not found', params: {} };
}

function decode(groups) {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeText(value)]));
}

function decodeText(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
