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
 * Adds security headers to every response, including those to requests that could not be
 * read.
 */
@Sharable
final class ResponseHeadersHandler extends ChannelOutboundHandlerAdapter {

	private static final AsciiString CONTENT_TYPE_OPTIONS = AsciiString.cached("x-content-type-options");

	private static final AsciiString NOSNIFF = AsciiString.cached("nosniff");

	private static final AsciiString REFERRER_POLICY = AsciiString.cached("referrer-policy");

	private static final AsciiString NO_REFERRER = AsciiString.cached("no-referrer");

	private static final AsciiString LOAD_NOTHING = AsciiString.cached("default-src 'none'; frame-ancestors 'none'");

	private static final AsciiString STRICT_TRANSPORT_SECURITY = AsciiString.cached("strict-transport-security");

	private final @Nullable AsciiString hstsMaxAge;

	private final CorsHeaders cors;

	ResponseHeadersHandler(EdgeSettings settings) {
		this.hstsMaxAge = settings.hstsMaxAge().isZero() ? null
				: AsciiString.cached("max-age=" + settings.hstsMaxAge().toSeconds() + "; includeSubDomains");
		this.cors = new CorsHeaders(settings.cors());
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		boolean ends = message instanceof LastHttpContent;
		if (message instanceof HttpResponse response) {
			if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
				ends = false;
			}
			else {
				ServerWebExchange exchange = CurrentExchange.of(context.channel());
				addHeaders(response.headers(), exchange);
				describe(response, exchange);
				if (this.cors.isNeeded()) {
					this.cors.addTo(response.headers(),
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

	private void addHeaders(HttpHeaders response, @Nullable ServerWebExchange exchange) {
		response.set(CONTENT_TYPE_OPTIONS, NOSNIFF).set(REFERRER_POLICY, NO_REFERRER);
		// A service that responds with a page defines the policy of the page.
		if (!response.contains(HttpHeaderNames.CONTENT_SECURITY_POLICY)) {
			response.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, LOAD_NOTHING);
		}
		if (!response.contains(HttpHeaderNames.CACHE_CONTROL) && !isPublic(exchange)) {
			response.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
		}
		if (this.hstsMaxAge != null) {
			response.set(STRICT_TRANSPORT_SECURITY, this.hstsMaxAge);
		}
	}

	private static void describe(HttpResponse response, @Nullable ServerWebExchange exchange) {
		if (exchange != null && isRead(exchange.getRequest())) {
			ServerHttpRequest request = exchange.getRequest();
			Compression.describe(response, request.getHeaders(), HttpMethod.HEAD.equals(request.getMethod()));
		}
	}

	/**
	 * Whether this is the response to a read of an anonymous client. Caches must not
	 * share any other response.
	 */
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
