package dev.agora.gateway.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.handler.AbstractHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Maps the addresses of the client's files to them, the paths of its pages to its
 * document, and unknown paths outside the API to its page for them, if a browser opens
 * them. Any other request has no handler here.
 */
final class ClientHandlerMapping extends AbstractHandlerMapping {

	/** After the routes and the docs. */
	private static final int AFTER_OTHERS = 3;

	private static final List<String> NO_PAGES = List.of("/api/", "/assets/");

	private final Map<String, WebHandler> files = new HashMap<>();

	private final List<PathPattern> pages;

	private final WebHandler index;

	private final WebHandler unknownPage;

	ClientHandlerMapping(ClientFiles files, ClientHandlers handlers) {
		this.pages = files.routes();
		this.index = handlers.index();
		this.unknownPage = handlers.unknownPage();
		this.files.put("/client.json", handlers.settings());
		files.paths().forEach((path) -> this.files.put(path, handlers.asset(path)));
		setOrder(AFTER_OTHERS);
	}

	@Override
	protected Mono<?> getHandlerInternal(ServerWebExchange exchange) {
		return Mono.justOrEmpty(find(exchange.getRequest()));
	}

	private @Nullable WebHandler find(ServerHttpRequest request) {
		PathContainer path = request.getPath().pathWithinApplication();
		WebHandler file = this.files.get(path.value());
		if (file != null) {
			return file;
		}
		if (this.pages.stream().anyMatch((page) -> page.matches(path))) {
			return this.index;
		}
		return isNavigation(request) && NO_PAGES.stream().noneMatch(path.value()::startsWith) ? this.unknownPage : null;
	}

	private static boolean isNavigation(ServerHttpRequest request) {
		return (HttpMethod.GET.equals(request.getMethod()) || HttpMethod.HEAD.equals(request.getMethod()))
				&& request.getHeaders().getAccept().stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
	}

}
