package dev.agora.product.page.web;

import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.product.page.PageSettings;
import dev.agora.product.page.render.HeadView;
import dev.agora.product.page.render.PageRenderer;
import dev.agora.product.page.render.Stylesheet;
import dev.agora.product.page.store.PageContent;

/** Serves the rendered pages and their stylesheet to anybody. */
@RestController
@RequestMapping("/pages")
public class PageController {

	private static final String POLICY = HeadView.POLICY + "; frame-ancestors 'none'";

	private static final String HTML = "text/html;charset=utf-8";

	private static final String XML = "application/xml;charset=utf-8";

	private static final String CSS = "text/css;charset=utf-8";

	private static final CacheControl FOR_EVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	/**
	 * A missing page may exist soon, and a page of another build asks for its stylesheet.
	 */
	private static final CacheControl SHORT = CacheControl.maxAge(Duration.ofSeconds(10)).cachePublic();

	private static final HttpHeaders ERROR = headers(HTML, SHORT);

	private final PageSource pages;

	private final Stylesheet stylesheet;

	private final HttpHeaders html;

	private final HttpHeaders xml;

	private final PageContent unknown;

	private final PageContent removed;

	PageController(PageSource pages, PageRenderer renderer, Stylesheet stylesheet, PageSettings settings) {
		this.pages = pages;
		this.stylesheet = stylesheet;
		CacheControl control = settings.cacheControl();
		this.html = headers(HTML, control);
		this.xml = headers(XML, control);
		this.unknown = renderer.message("Page not found", "There is no page at this address.");
		this.removed = renderer.message("Product removed", "The seller does not offer this product any more.");
	}

	@GetMapping("/products/{id}")
	Mono<ResponseEntity<Mono<byte[]>>> product(@PathVariable String id, ServerHttpRequest request) {
		return respond(this.pages.product(id), request, this.html);
	}

	@GetMapping("/categories/{category}")
	Mono<ResponseEntity<Mono<byte[]>>> category(@PathVariable String category, ServerHttpRequest request) {
		return respond(this.pages.category(category).filter((page) -> !page.isRemoved()), request, this.html);
	}

	@GetMapping("/trending")
	Mono<ResponseEntity<Mono<byte[]>>> trending(ServerHttpRequest request) {
		return respond(this.pages.trending(), request, this.html);
	}

	@GetMapping("/sitemap.xml")
	Mono<ResponseEntity<Mono<byte[]>>> sitemap(ServerHttpRequest request) {
		return respond(this.pages.sitemap(), request, this.xml);
	}

	@GetMapping("/sitemaps/{part}")
	Mono<ResponseEntity<Mono<byte[]>>> sitemapPart(@PathVariable String part, ServerHttpRequest request) {
		return respond(this.pages.sitemapPart(part).filter((page) -> !page.isRemoved()), request, this.xml);
	}

	/**
	 * Serves the stylesheet. A page that a cache has kept from another build gets the
	 * stylesheet of this one, since it would be unreadable without.
	 */
	@GetMapping("/assets/{digest}/page.css")
	ResponseEntity<Mono<byte[]>> stylesheet(@PathVariable String digest, ServerHttpRequest request) {
		CacheControl control = digest.equals(this.stylesheet.digest()) ? FOR_EVER : SHORT;
		return PageResponse.of(request, HttpStatus.OK, this.stylesheet.content(), headers(CSS, control));
	}

	private Mono<ResponseEntity<Mono<byte[]>>> respond(Mono<PageContent> page, ServerHttpRequest request,
			HttpHeaders headers) {
		return page
			.map((found) -> found.isRemoved() ? PageResponse.of(request, HttpStatus.GONE, this.removed, ERROR)
					: PageResponse.of(request, HttpStatus.OK, found, headers))
			.switchIfEmpty(
					Mono.fromSupplier(() -> PageResponse.of(request, HttpStatus.NOT_FOUND, this.unknown, ERROR)));
	}

	private static HttpHeaders headers(String mediaType, CacheControl control) {
		HttpHeaders headers = new HttpHeaders();
		headers.setCacheControl(control);
		headers.set(HttpHeaders.CONTENT_TYPE, mediaType);
		headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
		headers.set("Content-Security-Policy", POLICY);
		headers.set("X-Content-Type-Options", "nosniff");
		return HttpHeaders.readOnlyHttpHeaders(headers);
	}

}
