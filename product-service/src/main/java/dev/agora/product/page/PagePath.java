package dev.agora.product.page;

/**
 * Builds the paths under which pages are stored. A page is served at
 * {@code /pages/<path>}.
 */
public final class PagePath {

	/** The path of the trending page. */
	public static final String TRENDING = "trending";

	/** The path of the sitemap. */
	public static final String SITEMAP = "sitemap.xml";

	/** The start of the paths of products. */
	public static final String PRODUCTS = "products/";

	/** The start of the paths of categories. */
	public static final String CATEGORIES = "categories/";

	private static final String SITEMAP_PARTS = "sitemaps/";

	private static final String PREFIX = "/pages/";

	private PagePath() {
	}

	public static String ofProduct(String id) {
		return PRODUCTS + id;
	}

	public static String ofCategory(String category) {
		return CATEGORIES + category;
	}

	public static boolean isOfCategory(String path) {
		return path.startsWith(CATEGORIES);
	}

	/** Returns the path of a part of the sitemap, from 1. */
	public static String ofSitemapPart(int number) {
		return SITEMAP_PARTS + number + ".xml";
	}

	/** Returns the last segment of a path: the id of a product, or a category. */
	public static String nameIn(String path) {
		return path.substring(path.lastIndexOf('/') + 1);
	}

	/** Returns the public path of a page. */
	public static String toPublic(String path) {
		return PREFIX + path;
	}

}
