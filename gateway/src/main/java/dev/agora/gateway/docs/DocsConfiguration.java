package dev.agora.gateway.docs;

import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/** Which files are answered under which path. */
@Configuration(proxyBeanMethods = false)
public class DocsConfiguration {

	/** Behind the routes' own mapping, so that no routed request ever asks here. */
	private static final int BEHIND_THE_ROUTES = 2;

	private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/*/";

	private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");

	private static final MediaType STYLE = MediaType.parseMediaType("text/css;charset=UTF-8");

	private static final MediaType PAGE = MediaType.parseMediaType("text/html;charset=UTF-8");

	@Bean
	SimpleUrlHandlerMapping docs() {
		return new SimpleUrlHandlerMapping(
				Map.of("/api/v1/openapi.json", StaticFile.checked("docs/openapi.json", MediaType.APPLICATION_JSON),
						"/api/v1/docs", StaticFile.checked("docs/page.html", PAGE), //
						"/api/v1/docs/page.js", StaticFile.checked("docs/page.js", SCRIPT), //
						"/api/v1/docs/swagger-ui.js", StaticFile.kept(SWAGGER_UI + "swagger-ui-bundle.js", SCRIPT),
						"/api/v1/docs/swagger-ui.css", StaticFile.kept(SWAGGER_UI + "swagger-ui.css", STYLE)),
				BEHIND_THE_ROUTES);
	}

}
