package dev.agora.platform.metrics;

import java.util.Set;

import org.springframework.http.HttpMethod;

/**
 * The value of the tag {@code method}. Clients may send any method, but each tag must
 * have few values.
 */
public final class MethodTag {

	/** The value for methods that HTTP does not define. */
	public static final String UNKNOWN = "UNKNOWN";

	private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.values());

	private MethodTag() {
	}

	public static String of(HttpMethod method) {
		return METHODS.contains(method) ? method.name() : UNKNOWN;
	}

}
