package dev.agora.gateway.edge;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.core.annotation.Order;

import dev.agora.gateway.edge.http1.RejectionReason;

/**
 * Gives a reason to those whose request the HTTP server could not even read, so that it
 * reached no other filter: the server alone answers them with a bare status.
 */
@Sharable
@Order(1)
public final class MalformedRequestHandler extends ChannelOutboundHandlerAdapter implements NettyServerCustomizer {

	private static final Map<Integer, String> REASONS = Map.of(400, "The request is not valid HTTP.", 414,
			"The address is longer than allowed.", 431, "The headers are longer than allowed.");

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((observer, channel, client) -> channel.pipeline()
			.addAfter(NettyPipeline.HttpCodec, "malformed-request-filter", this));
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		if (message instanceof FullHttpResponse bare && !bare.content().isReadable()
				&& REASONS.containsKey(bare.status().code()) && isOfServer(context.channel())) {
			super.write(context, explained(bare, RejectionReason.of(context.channel())), promise);
		}
		else {
			super.write(context, message, promise);
		}
	}

	/** Not of a service, nor of a filter that answers a HEAD. */
	private static boolean isOfServer(Channel channel) {
		return RejectionReason.of(channel) != null || CurrentExchange.of(channel) == null;
	}

	private static FullHttpResponse explained(FullHttpResponse bare, @Nullable RejectionReason refusal) {
		String reason = REASONS.get(bare.status().code());
		if (refusal != null) {
			bare.setStatus(HttpResponseStatus.valueOf(refusal.status()));
			reason = refusal.sentence();
			if (refusal.allow() != null) {
				bare.headers().set(HttpHeaderNames.ALLOW, refusal.allow());
			}
		}
		int status = bare.status().code();
		ByteBuf body = Unpooled.copiedBuffer("""
				{"type":"urn:agora:problem:malformed-request","title":"%s","status":%d,"detail":"%s"}"""
			.formatted(bare.status().reasonPhrase(), status, reason), StandardCharsets.UTF_8);
		bare.headers()
			.set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
			.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
		FullHttpResponse explained = bare.replace(body);
		bare.release();
		return explained;
	}

}
