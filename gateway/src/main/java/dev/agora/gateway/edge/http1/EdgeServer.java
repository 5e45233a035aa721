package dev.agora.gateway.edge.http1;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.reactor.netty.autoconfigure.NettyServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.annotation.Order;

import dev.agora.gateway.edge.AllowedMethods;
import dev.agora.gateway.edge.EdgeSettings;

/** Puts the edge around the HTTP decoder of every connection. */
@Order(0)
public final class EdgeServer implements NettyServerCustomizer {

	private static final int FLUSHES_AT_ONCE = 256;

	private final EdgeSettings settings;

	private final HeadValidator rules;

	private final ResponseHeadersHandler answers;

	private final int longestLine;

	private final int longestHead;

	public EdgeServer(EdgeSettings settings, AllowedMethods allowed, ServerProperties server,
			NettyServerProperties netty) {
		this.settings = settings;
		this.rules = new HeadValidator(settings.maxHeaders(), allowed);
		this.answers = new ResponseHeadersHandler(settings);
		this.longestLine = (int) netty.getMaxInitialLineLength().toBytes();
		this.longestHead = (int) server.getMaxHttpRequestHeaderSize().toBytes();
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.compress(Compression::choose)
			.doOnChannelInit((observer, channel, client) -> surround(channel.pipeline()));
	}

	private void surround(ChannelPipeline pipeline) {
		Http1FramingValidator lines = new Http1FramingValidator(this.longestLine, this.longestHead);
		HeadHandler heads = new HeadHandler(this.rules, lines);
		pipeline
			// Head and body of an answer, flushed one after the other, leave together.
			.addBefore(NettyPipeline.HttpCodec, "flushes", new FlushConsolidationHandler(FLUSHES_AT_ONCE, true))
			.addBefore(NettyPipeline.HttpCodec, "request-bytes", new FramingHandler(lines, heads, this.settings))
			.addAfter(NettyPipeline.HttpCodec, "pipelining", new PipeliningHandler())
			.addAfter(NettyPipeline.HttpCodec, "request-head", heads)
			.addAfter(NettyPipeline.HttpCodec, "answer-headers", this.answers);
	}

}
