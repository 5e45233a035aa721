package dev.agora.platform.problem.input;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

import dev.agora.platform.problem.InvalidRequest;

/** Reads the query parameters of a request, none of which may be repeated. */
public final class QueryParameters {

	private QueryParameters() {
	}

	/**
	 * Returns the value of a parameter.
	 * @param parameters all parameters of the request
	 * @param name the name of the parameter
	 * @return its value, or null if the parameter is absent
	 * @throws InvalidRequest if the parameter is repeated
	 */
	public static @Nullable String single(MultiValueMap<String, String> parameters, String name) {
		List<String> values = parameters.getOrDefault(name, List.of());
		if (values.size() > 1) {
			throw InvalidRequest.field(name, "must be given once");
		}
		return parameters.getFirst(name);
	}

}
