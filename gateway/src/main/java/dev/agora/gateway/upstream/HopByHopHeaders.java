package dev.agora.gateway.upstream;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.springframework.http.HttpHeaders;

/**
 * Headers that concern one connection and are not forwarded (RFC 9110, section 7.6.1).
 */
final class HopByHopHeaders {

	/** In lower case. */
	static final Set<String> NAMES = Set.of("connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade",
			"proxy-connection", "proxy-authorization", "proxy-authenticate");

	private HopByHopHeaders() {
	}

	/** The further names, in lower case, that the message's {@code Connection} lists. */
	static List<String> listedBy(HttpHeaders headers) {
		List<String> options = headers.getConnection();
		return options.isEmpty() ? options : options.stream().map((option) -> option.toLowerCase(Locale.ROOT)).toList();
	}

}
