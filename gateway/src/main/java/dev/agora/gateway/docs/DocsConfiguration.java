package dev.agora.gateway.docs;

import java.util.List;
import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.resource.ResourceWebHandler;
import org.springframework.web.server.WebHandler;

/** Serves the contract of the API, and a page that shows it. */
@Configuration(proxyBeanMethods = false)
public class DocsConfiguration {

	/** After the mapping of the routes, so that routed requests never reach this one. */
	private static final int AFTER_ROUTES = 2;

	private static final String REVALIDATED = "no-cache";

	private static final String CACHED_FOR_A_DAY = "public, max-age=86400";

	/** The pattern leaves out the version in the path of the library. */
	private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/*/";

	/** Scripts, styles and responses of this site only, and embedded pictures. */
	private static final String OWN_SITE = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final Map<String, MediaType> MEDIA_TYPES = Map.of("html",
			MediaType.parseMediaType("text/html;charset=UTF-8"), "js",
			MediaType.parseMediaType("text/javascript;charset=UTF-8"), "css",
			MediaType.parseMediaType("text/css;charset=UTF-8"));

	@Bean
	SimpleUrlHandlerMapping docs() throws Exception {
		return new SimpleUrlHandlerMapping(Map.of("/api/v1/openapi.json", file("docs/openapi.json", REVALIDATED), //
				"/api/v1/docs", page("docs/page.html"), //
				"/api/v1/docs/page.js", file("docs/page.js", REVALIDATED), //
				"/api/v1/docs/swagger-ui.js", file(SWAGGER_UI + "swagger-ui-bundle.js", CACHED_FOR_A_DAY),
				"/api/v1/docs/swagger-ui.css", file(SWAGGER_UI + "swagger-ui.css", CACHED_FOR_A_DAY)), AFTER_ROUTES);
	}

	private static WebHandler page(String pattern) throws Exception {
		WebHandler file = file(pattern, REVALIDATED);
		return (exchange) -> {
			exchange.getResponse().getHeaders().set("Content-Security-Policy", OWN_SITE);
			return file.handle(exchange);
		};
	}

	/**
	 * Serves one file. The headers are set before the conditional check, so that a 304
	 * has them too.
	 */
	private static WebHandler file(String pattern, String caching) throws Exception {
		ResourceWebHandler handler = new ResourceWebHandler();
		handler.setResourceResolvers(List.of(new ClassPathFileResolver(pattern)));
		handler.setEtagGenerator(ClassPathFileResolver::etag);
		handler.setUseLastModified(false);
		handler.setMediaTypes(MEDIA_TYPES);
		handler.setResourceHttpMessageWriter(new WholeFileWriter());
		handler.afterPropertiesSet();
		return (exchange) -> {
			exchange.getResponse().getHeaders().set(HttpHeaders.CACHE_CONTROL, caching);
			return handler.handle(new WildcardExchange(exchange));
		};
	}

}
