package dev.agora.product.page.release;

import dev.agora.product.page.store.PageContent;

/**
 * A file of a release.
 *
 * @param path the path in the release, without a leading slash
 * @param mediaType the media type
 * @param cacheControl how long caches may keep the file
 * @param content the content
 */
public record PageFile(String path, String mediaType, String cacheControl, PageContent content) {

	/** The media type of pages. */
	public static final String HTML = "text/html;charset=utf-8";

	/** The media type of sitemaps. */
	public static final String XML = "application/xml;charset=utf-8";

	/** The media type of the stylesheet. */
	public static final String CSS = "text/css;charset=utf-8";

	/** Creates the file of a stored page. */
	public static PageFile ofPage(String path, String cacheControl, PageContent content) {
		return new PageFile(path, path.endsWith(".xml") ? XML : HTML, cacheControl, content);
	}

	/** The path under which a web server finds the file by its extension. */
	String pathWithExtension() {
		return this.mediaType.equals(HTML) ? this.path + ".html" : this.path;
	}

}
