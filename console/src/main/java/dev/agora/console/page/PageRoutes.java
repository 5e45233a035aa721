package dev.agora.console.page;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Serves the page and its files. Browsers ask again after each start, since the build may
 * have changed.
 */
@Configuration(proxyBeanMethods = false)
public class PageRoutes {

	private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

	private static final String FOLDER = "console-page/";

	@Bean
	RouterFunction<ServerResponse> pages() {
		ClassPathResource index = new ClassPathResource(FOLDER + "index.html");
		return RouterFunctions.route()
			.GET("/", (request) -> ServerResponse.ok().contentType(HTML).body(BodyInserters.fromResource(index)))
			.resources("/files/**", new ClassPathResource(FOLDER), (file, headers) -> revalidate(headers))
			.build();
	}

	private static void revalidate(HttpHeaders headers) {
		headers.setCacheControl("no-cache");
	}

}
