package dev.agora.gateway.edge.http1;

import java.util.Iterator;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

import dev.agora.gateway.edge.AllowedMethods;

/** Validates the head of a request that the HTTP decoder has read. */
final class HeadValidator {

	private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

	private final int maxHeaders;

	private final AllowedMethods allowed;

	HeadValidator(int maxHeaders, AllowedMethods allowed) {
		this.maxHeaders = maxHeaders;
		this.allowed = allowed;
	}

	/** Returns the reason to reject a request, or null. */
	@Nullable RejectionReason validate(HttpRequest request) {
		HttpHeaders headers = request.headers();
		if (!HttpVersion.HTTP_1_1.equals(request.protocolVersion())
				&& !HttpVersion.HTTP_1_0.equals(request.protocolVersion())) {
			return RejectionReason.VERSION;
		}
		if (!METHODS.contains(request.method().name())) {
			return validateMethod(request.uri());
		}
		if (headers.size() > this.maxHeaders) {
			return RejectionReason.HEADERS;
		}
		RejectionReason reason = validateHost(request);
		return (reason != null) ? reason : validateBody(headers);
	}

	/** The allowed methods are named only for a target that can be parsed. */
	private RejectionReason validateMethod(String target) {
		RejectionReason reason = RequestTarget.validate(target);
		if (reason != null) {
			return reason;
		}
		String allow = this.allowed.of(target);
		return (allow != null) ? RejectionReason.method(allow) : RejectionReason.NOT_FOUND;
	}

	private static @Nullable RejectionReason validateHost(HttpRequest request) {
		Iterator<String> hosts = request.headers().valueStringIterator(HttpHeaderNames.HOST);
		String host = hosts.hasNext() ? hosts.next() : null;
		if (hosts.hasNext() || (host == null && HttpVersion.HTTP_1_1.equals(request.protocolVersion()))
				|| (host != null && !isHost(host))) {
			return RejectionReason.HOST;
		}
		String target = request.uri();
		if (target.indexOf('#') >= 0) {
			return RejectionReason.TARGET;
		}
		RejectionReason reason = target.startsWith("/") ? null : validateAbsoluteTarget(target, host);
		return (reason != null) ? reason : RequestTarget.validate(target);
	}

	/** An absolute target, as for a proxy, must name the same host as the header. */
	private static @Nullable RejectionReason validateAbsoluteTarget(String target, @Nullable String host) {
		int start = target.regionMatches(true, 0, "http://", 0, 7) ? 7
				: target.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
		int end = target.indexOf('/', Math.max(start, 0));
		if (start < 0 || end < 0) {
			return RejectionReason.TARGET;
		}
		return target.substring(start, end).equalsIgnoreCase(host) ? null : RejectionReason.HOST;
	}

	private static @Nullable RejectionReason validateBody(HttpHeaders headers) {
		Iterator<String> codings = headers.valueStringIterator(HttpHeaderNames.TRANSFER_ENCODING);
		if (codings.hasNext()
				&& (!HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.next()) || codings.hasNext())) {
			return RejectionReason.CODING;
		}
		Iterator<String> lengths = headers.valueStringIterator(HttpHeaderNames.CONTENT_LENGTH);
		if (lengths.hasNext() && (!isNumber(lengths.next()) || lengths.hasNext())) {
			return RejectionReason.LENGTH;
		}
		// The decoder then expects a body of eight bytes that no header declares.
		if (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)) {
			return RejectionReason.LENGTH;
		}
		String expected = headers.get(HttpHeaderNames.EXPECT);
		return (expected == null || HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) ? null
				: RejectionReason.EXPECTATION;
	}

	private static boolean isNumber(String text) {
		return !text.isEmpty() && text.length() < 19 && text.chars().allMatch((digit) -> digit >= '0' && digit <= '9');
	}

	/** A name, an IPv4 address or an IPv6 address in brackets, and possibly a port. */
	private static boolean isHost(String host) {
		int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
		String name = (end < 0) ? host : host.substring(0, end);
		String port = (end < 0) ? "" : host.substring(end);
		return !name.isEmpty() && isName(name) && (port.isEmpty() || (port.startsWith(":") && isPort(port)));
	}

	private static boolean isName(String name) {
		boolean inBrackets = name.startsWith("[");
		String plain = inBrackets ? name.substring(1, name.length() - 1) : name;
		for (int i = 0; i < plain.length(); i++) {
			char character = plain.charAt(i);
			boolean allowed = inBrackets ? Character.digit(character, 16) >= 0 || character == ':' || character == '.'
					: (character < 128 && Character.isLetterOrDigit(character)) || character == '-' || character == '.'
							|| character == '_';
			if (!allowed) {
				return false;
			}
		}
		return !plain.isEmpty();
	}

	private static boolean isPort(String port) {
		return port.length() <= 6 && (port.length() == 1 || isNumber(port.substring(1)));
	}

}
