package dev.agora.gateway.edge;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * The exchange whose response a connection carries next. There is one at a time: the
 * server starts the next request of a connection when the one before has been answered.
 */
public final class CurrentExchange {

	private static final AttributeKey<ServerWebExchange> KEY = AttributeKey.valueOf("agora.exchange");

	private CurrentExchange() {
	}

	/** The exchange that is being answered; null for a request that could not be read. */
	public static @Nullable ServerWebExchange of(Channel channel) {
		return channel.attr(KEY).get();
	}

	static void begin(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		if (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest connected) {
			connected.withConnection((connection) -> connection.channel().attr(KEY).set(exchange));
		}
	}

	public static void end(Channel channel) {
		channel.attr(KEY).set(null);
	}

}
