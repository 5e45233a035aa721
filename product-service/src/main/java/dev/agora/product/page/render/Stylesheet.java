package dev.agora.product.page.render;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;

import dev.agora.platform.digest.Sha256;
import dev.agora.product.page.store.PageContent;

/**
 * The stylesheet of all pages. Its path has a digest of its content, so that caches may
 * keep it for ever.
 */
public final class Stylesheet {

	private static final int DIGEST_LENGTH = 16;

	private final String digest;

	private final PageContent content;

	public Stylesheet() throws IOException {
		String text = new ClassPathResource("pages/page.css").getContentAsString(StandardCharsets.UTF_8);
		this.digest = Sha256.hex(text).substring(0, DIGEST_LENGTH);
		this.content = PageContent.of(text);
	}

	/** Returns the public path of this version of the stylesheet. */
	public String path() {
		return "/pages/assets/" + this.digest + "/page.css";
	}

	public String digest() {
		return this.digest;
	}

	public PageContent content() {
		return this.content;
	}

}
