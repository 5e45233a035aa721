package dev.agora.gateway.edge.http1;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.edge.CorsHeaders;
import dev.agora.gateway.edge.CurrentExchange;
import dev.agora.gateway.edge.EdgeSettings;

/**
 * Gives every answer, also that to a request which could not be read, what tells a
 * browser to do nothing with it that was not meant.
 */
@Sharable
final class ResponseHeadersHandler extends ChannelOutboundHandlerAdapter {

	private static final AsciiString CONTENT_TYPE_OPTIONS = AsciiString.cached("x-content-type-options");

	private static final AsciiString NOSNIFF = AsciiString.cached("nosniff");

	private static final AsciiString REFERRER_POLICY = AsciiString.cached("referrer-policy");

	private static final AsciiString NO_REFERRER = AsciiString.cached("no-referrer");

	private static final AsciiString NOTHING = AsciiString.cached("default-src 'none'; frame-ancestors 'none'");

	private static final AsciiString TRANSPORT = AsciiString.cached("strict-transport-security");

	private final @Nullable AsciiString strictTransport;

	private final CorsHeaders cors;

	ResponseHeadersHandler(EdgeSettings settings) {
		this.strictTransport = settings.strictTransport().isZero() ? null
				: AsciiString.cached("max-age=" + settings.strictTransport().toSeconds() + "; includeSubDomains");
		this.cors = new CorsHeaders(settings.cors());
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		boolean ends = message instanceof LastHttpContent;
		if (message instanceof HttpResponse answer) {
			if (answer.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
				ends = false;
			}
			else {
				ServerWebExchange exchange = CurrentExchange.of(context.channel());
				addHeaders(answer.headers(), exchange);
				describe(answer, exchange);
				if (this.cors.isNeeded()) {
					this.cors.addTo(answer.headers(),
							(exchange != null) ? exchange.getRequest().getHeaders().getOrigin()
									: RejectionReason.origin(context.channel()));
				}
			}
		}
		super.write(context, message, promise);
		if (ends) {
			CurrentExchange.end(context.channel());
		}
	}

	private void addHeaders(HttpHeaders answer, @Nullable ServerWebExchange exchange) {
		answer.set(CONTENT_TYPE_OPTIONS, NOSNIFF).set(REFERRER_POLICY, NO_REFERRER);
		// A service that answers with a page says itself what the page may load.
		if (!answer.contains(HttpHeaderNames.CONTENT_SECURITY_POLICY)) {
			answer.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, NOTHING);
		}
		if (!answer.contains(HttpHeaderNames.CACHE_CONTROL) && !isPublic(exchange)) {
			answer.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
		}
		if (this.strictTransport != null) {
			answer.set(TRANSPORT, this.strictTransport);
		}
	}

	private static void describe(HttpResponse answer, @Nullable ServerWebExchange exchange) {
		if (exchange != null && isRead(exchange.getRequest())) {
			ServerHttpRequest request = exchange.getRequest();
			Compression.describe(answer, request.getHeaders(), HttpMethod.HEAD.equals(request.getMethod()));
		}
	}

	/** Whether a stranger read something; all else is between the client and us. */
	private static boolean isPublic(@Nullable ServerWebExchange exchange) {
		if (exchange == null) {
			return false;
		}
		ServerHttpRequest request = exchange.getRequest();
		return isRead(request) && !request.getHeaders().containsHeader("Authorization")
				&& !request.getHeaders().containsHeader("Cookie");
	}

	private static boolean isRead(ServerHttpRequest request) {
		return HttpMethod.GET.equals(request.getMethod()) || HttpMethod.HEAD.equals(request.getMethod());
	}

}
