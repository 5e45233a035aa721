package dev.agora.gateway.meter;

import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.core.annotation.Order;

import dev.agora.gateway.FilterOrder;

/**
 * Measures the requests of every connection, closest to the codec, where also those
 * arrive that no filter has seen.
 */
@Order(FilterOrder.REQUEST_METERS_HANDLER)
public final class RequestMetersServer implements NettyServerCustomizer {

	private final RequestMeters meters;

	public RequestMetersServer(RequestMeters meters) {
		this.meters = meters;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((observer, channel, client) -> channel.pipeline()
			.addAfter(NettyPipeline.HttpCodec, "request-meters", new RequestMetersHandler(this.meters)));
	}

}
