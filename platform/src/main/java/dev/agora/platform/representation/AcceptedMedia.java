package dev.agora.platform.representation;

import java.util.List;
import java.util.Set;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Tells whether a client takes JSON without a negotiation of the media type. */
public final class AcceptedMedia {

	private static final Set<String> ALL = Set.of(MediaType.ALL_VALUE, MediaType.APPLICATION_JSON_VALUE);

	private AcceptedMedia() {
	}

	/** Whether a request accepts JSON by naming it or everything, and nothing else. */
	public static boolean isJson(HttpHeaders request) {
		List<String> accepted = request.getOrEmpty(HttpHeaders.ACCEPT);
		return accepted.isEmpty() || (accepted.size() == 1 && ALL.contains(accepted.get(0)));
	}

}
