package dev.agora.gateway;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * The routes with the metadata {@code body: streamed}, whose request bodies are passed on
 * as they arrive: uploads that are too large to be kept.
 */
public final class StreamedBody {

	private static final String METADATA = "body";

	private static final String STREAMED = "streamed";

	private StreamedBody() {
	}

	/** Whether the body of a request is streamed to the service. */
	public static boolean isOn(ServerWebExchange exchange) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return STREAMED.equals(route.getMetadata().get(METADATA));
	}

}
