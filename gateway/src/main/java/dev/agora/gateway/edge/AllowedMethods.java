package dev.agora.gateway.edge;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import dev.agora.gateway.edge.http1.RequestTarget;

/**
 * The methods that the contract defines for each path. The edge needs them for a request
 * with a method that no path has: it is rejected before it reaches a service.
 */
public final class AllowedMethods {

	private static final String PREFIX = "/api/v1";

	/** The files of the page that shows the contract are not in the contract. */
	private static final String DOCS = PREFIX + "/docs/{file}";

	/** All methods of the API, for a request target without a path. */
	private static final String ALL = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

	private final List<Path> paths = new ArrayList<>();

	public AllowedMethods(JsonMapper json) throws IOException {
		try (InputStream contract = new ClassPathResource("docs/openapi.json").getInputStream()) {
			json.readTree(contract)
				.path("paths")
				.forEachEntry((path, operations) -> addPath(prefix(operations) + path, operations));
		}
		this.paths.add(new Path(pattern(DOCS), allow(Set.of("GET"))));
		this.paths.sort((one, other) -> PathPattern.SPECIFICITY_COMPARATOR.compare(one.pattern(), other.pattern()));
	}

	/**
	 * The header {@code Allow} for a path; null if there is no such path.
	 * @param target the target in the request line
	 */
	public @Nullable String of(String target) {
		int start = RequestTarget.pathOf(target);
		if (start < 0) {
			return ALL;
		}
		int query = target.indexOf('?', start);
		PathContainer path = PathContainer
			.parsePath((query < 0) ? target.substring(start) : target.substring(start, query));
		for (Path each : this.paths) {
			if (each.pattern().matches(path)) {
				return each.allow();
			}
		}
		return null;
	}

	private void addPath(String path, JsonNode operations) {
		Set<String> methods = new TreeSet<>();
		operations.forEachEntry((name, operation) -> methods.add(name.toUpperCase(Locale.ROOT)));
		methods.retainAll(Set.of(ALL.split(", ")));
		this.paths.add(new Path(pattern(path), allow(methods)));
	}

	/** A path with a server of its own is outside the prefix of the API. */
	private static String prefix(JsonNode operations) {
		return operations.has("servers") ? "" : PREFIX;
	}

	private static PathPattern pattern(String path) {
		return PathPatternParser.defaultInstance.parse(path);
	}

	/** Each path that has GET also has HEAD, and every path has OPTIONS. */
	private static String allow(Set<String> methods) {
		Set<String> all = new TreeSet<>(methods);
		if (all.contains("GET")) {
			all.add("HEAD");
		}
		all.add("OPTIONS");
		return String.join(", ", all);
	}

	/**
	 * A path of the contract.
	 *
	 * @param pattern matches the path
	 * @param allow the methods of the path
	 */
	private record Path(PathPattern pattern, String allow) {
	}

}
