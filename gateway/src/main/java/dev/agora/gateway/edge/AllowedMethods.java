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
 * The methods that each path has by the contract: what a request is told whose method no
 * path here has, and which therefore reaches no service that could tell it.
 */
public final class AllowedMethods {

	private static final String PREFIX = "/api/v1";

	/** The files of the page that shows the contract stand in no contract. */
	private static final String DOCS = PREFIX + "/docs/{file}";

	/** All that the API knows: the answer to who asks about no path at all. */
	private static final String ALL = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

	private final List<Path> paths = new ArrayList<>();

	public AllowedMethods(JsonMapper json) throws IOException {
		try (InputStream contract = new ClassPathResource("docs/openapi.json").getInputStream()) {
			json.readTree(contract).path("paths").forEachEntry((path, operations) -> add(PREFIX + path, operations));
		}
		this.paths.add(new Path(pattern(DOCS), allow(Set.of("GET"))));
		this.paths.sort((one, other) -> PathPattern.SPECIFICITY_COMPARATOR.compare(one.pattern(), other.pattern()));
	}

	/**
	 * What the header {@code Allow} says of a path; nothing if there is no such path.
	 * @param target the address as it stands in the request line
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

	private void add(String path, JsonNode operations) {
		Set<String> methods = new TreeSet<>();
		operations.forEachEntry((name, operation) -> methods.add(name.toUpperCase(Locale.ROOT)));
		methods.retainAll(Set.of(ALL.split(", ")));
		this.paths.add(new Path(pattern(path), allow(methods)));
	}

	private static PathPattern pattern(String path) {
		return PathPatternParser.defaultInstance.parse(path);
	}

	/** What has GET has HEAD, and everything has OPTIONS. */
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
	 * @param pattern matches it
	 * @param allow its methods
	 */
	private record Path(PathPattern pattern, String allow) {
	}

}
