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

import dev.agora.gateway.files.FileExchange;
import dev.agora.gateway.files.WholeFileWriter;

/** Serves the contract of the API, and a page that shows it. */
@Configuration(proxyBeanMethods = false)
public class DocsConfiguration {

	/** After the mapping of the routes, so that routed requests never reach this one. */
	private static final int AFTER_ROUTES = 2;

	private static final Map<String, String> REVALIDATED = Map.of(HttpHeaders.CACHE_CONTROL, "no-cache");

	private static final Map<String, String> CACHED_FOR_A_DAY = Map.of(HttpHeaders.CACHE_CONTROL,
			"public, max-age=86400");

	/**
	 * The page loads scripts, styles and responses of this site and embedded pictures.
	 */
	private static final Map<String, String> PAGE = Map.of(HttpHeaders.CACHE_CONTROL, "no-cache",
			"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
					+ "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

	/** The pattern leaves out the version in the path of the library. */
	private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/*/";

	private static final Map<String, MediaType> MEDIA_TYPES = Map.of("html",
			MediaType.parseMediaType("text/html;charset=UTF-8"), "js",
			MediaType.parseMediaType("text/javascript;charset=UTF-8"), "css",
			MediaType.parseMediaType("text/css;charset=UTF-8"));

	@Bean
	SimpleUrlHandlerMapping docs() throws Exception {
		return new SimpleUrlHandlerMapping(Map.of("/api/v1/openapi.json", file("docs/openapi.json", REVALIDATED), //
				"/api/v1/docs", file("docs/page.html", PAGE), //
				"/api/v1/docs/page.js", file("docs/page.js", REVALIDATED), //
				"/api/v1/docs/swagger-ui.js", file(SWAGGER_UI + "swagger-ui-bundle.js", CACHED_FOR_A_DAY),
				"/api/v1/docs/swagger-ui.css", file(SWAGGER_UI + "swagger-ui.css", CACHED_FOR_A_DAY)), AFTER_ROUTES);
	}

	private static WebHandler file(String pattern, Map<String, String> headers) throws Exception {
		ResourceWebHandler handler = new ResourceWebHandler();
		handler.setResourceResolvers(List.of(new ClassPathFileResolver(pattern)));
		handler.setEtagGenerator(ClassPathFileResolver::etag);
		handler.setUseLastModified(false);
		handler.setMediaTypes(MEDIA_TYPES);
		handler.setResourceHttpMessageWriter(new WholeFileWriter());
		handler.afterPropertiesSet();
		return (exchange) -> handler.handle(new FileExchange(exchange, headers));
	}

}
