package dev.agora.gateway.edge.http1;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.reactor.netty.autoconfigure.NettyServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.annotation.Order;

import dev.agora.gateway.FilterOrder;
import dev.agora.gateway.edge.AllowedMethods;
import dev.agora.gateway.edge.EdgeSettings;

/** Adds the edge handlers around the HTTP codec of every connection. */
@Order(FilterOrder.EDGE_HANDLERS)
public final class EdgeServer implements NettyServerCustomizer {

	private static final int MAX_PENDING_FLUSHES = 256;

	private final EdgeSettings settings;

	private final HeadValidator validator;

	private final ResponseHeadersHandler responseHeaders;

	private final int maxLineLength;

	private final int maxHeadLength;

	public EdgeServer(EdgeSettings settings, AllowedMethods allowed, ServerProperties server,
			NettyServerProperties netty) {
		this.settings = settings;
		this.validator = new HeadValidator(settings.maxHeaders(), allowed);
		this.responseHeaders = new ResponseHeadersHandler(settings);
		this.maxLineLength = (int) netty.getMaxInitialLineLength().toBytes();
		this.maxHeadLength = (int) server.getMaxHttpRequestHeaderSize().toBytes();
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.compress(Compression::shouldCompress)
			.doOnChannelInit((observer, channel, client) -> addHandlers(channel.pipeline()));
	}

	private void addHandlers(ChannelPipeline pipeline) {
		Http1FramingValidator framing = new Http1FramingValidator(this.maxLineLength, this.maxHeadLength);
		HeadHandler headHandler = new HeadHandler(this.validator, framing);
		pipeline
			// Head and body of a response are flushed one after the other and sent
			// together.
			.addBefore(NettyPipeline.HttpCodec, "flushes", new FlushConsolidationHandler(MAX_PENDING_FLUSHES, true))
			.addBefore(NettyPipeline.HttpCodec, "framing", new FramingHandler(framing, headHandler, this.settings))
			.addAfter(NettyPipeline.HttpCodec, "pipelining", new PipeliningHandler())
			.addAfter(NettyPipeline.HttpCodec, "request-heads", headHandler)
			.addAfter(NettyPipeline.HttpCodec, "response-headers", this.responseHeaders);
	}

}
