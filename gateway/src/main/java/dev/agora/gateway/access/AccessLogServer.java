package dev.agora.gateway.access;

import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.core.annotation.Order;

import dev.agora.gateway.FilterOrder;

/**
 * Adds the access log to every connection, closest to the codec, where it counts the
 * bytes that are sent.
 */
@Order(FilterOrder.ACCESS_LOG_HANDLER)
public final class AccessLogServer implements NettyServerCustomizer {

	private final AccessLog log;

	private final boolean enabled;

	public AccessLogServer(AccessLog log, AccessSettings settings) {
		this.log = log;
		this.enabled = settings.enabled();
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return this.enabled ? server.doOnChannelInit((observer, channel, client) -> channel.pipeline()
			.addAfter(NettyPipeline.HttpCodec, "access-log", new AccessLogHandler(this.log))) : server;
	}

}
