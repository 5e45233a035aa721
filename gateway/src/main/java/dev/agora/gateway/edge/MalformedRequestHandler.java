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

import dev.agora.gateway.FilterOrder;
import dev.agora.gateway.edge.http1.RejectionReason;

/**
 * Adds problem details to the response to a request that the HTTP server could not read,
 * and that no filter has seen: the server alone would send a bare status.
 */
@Sharable
@Order(FilterOrder.MALFORMED_REQUEST_HANDLER)
public final class MalformedRequestHandler extends ChannelOutboundHandlerAdapter implements NettyServerCustomizer {

	private static final Map<Integer, String> REASONS = Map.of(400, "The request is not valid HTTP.", 414,
			"The request target is too long.", 431, "The headers are too long.");

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((observer, channel, client) -> channel.pipeline()
			.addAfter(NettyPipeline.HttpCodec, "malformed-request", this));
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		if (message instanceof FullHttpResponse bare && !bare.content().isReadable()
				&& REASONS.containsKey(bare.status().code()) && isFromServer(context.channel())) {
			super.write(context, withProblem(bare, RejectionReason.of(context.channel())), promise);
		}
		else {
			super.write(context, message, promise);
		}
	}

	/**
	 * Whether the HTTP server sends this response, not a service or a filter that answers
	 * a HEAD.
	 */
	private static boolean isFromServer(Channel channel) {
		return RejectionReason.of(channel) != null || CurrentExchange.of(channel) == null;
	}

	private static FullHttpResponse withProblem(FullHttpResponse bare, @Nullable RejectionReason rejection) {
		String reason = REASONS.get(bare.status().code());
		if (rejection != null) {
			bare.setStatus(HttpResponseStatus.valueOf(rejection.status()));
			reason = rejection.detail();
			if (rejection.allow() != null) {
				bare.headers().set(HttpHeaderNames.ALLOW, rejection.allow());
			}
		}
		int status = bare.status().code();
		ByteBuf body = Unpooled.copiedBuffer("""
				{"type":"urn:agora:problem:malformed-request","title":"%s","status":%d,"detail":"%s"}"""
			.formatted(bare.status().reasonPhrase(), status, reason), StandardCharsets.UTF_8);
		bare.headers()
			.set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
			.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
		FullHttpResponse withProblem = bare.replace(body);
		bare.release();
		return withProblem;
	}

}
