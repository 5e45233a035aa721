package dev.agora.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that every name and setting that the chart repeats agrees with the code. */
class ChartConsistencyTests {

	private static final Pattern LISTENER = Pattern
		.compile("@KafkaListener\\(\\s*topics = (?:(\\{[^}]+}|\"[^\"]+\")|(\\w+)\\.TOPIC),\\s*groupId = \"([^\"]+)\"");

	private static final Pattern TEXT = Pattern.compile("\"([^\"]+)\"");

	private static final Pattern VARIABLE = Pattern.compile("\\b(AGORA|GATEWAY|SESSION|GRAPH|FEED)_[A-Z_]*[A-Z]\\b");

	private static final Manifest JOB = Chart.of("values-trial.yaml").render().get("Job/agora-topics");

	@Test
	void createsTheTopicsOfAllServices() throws IOException {
		Set<String> published = new TreeSet<>();
		for (String module : modules()) {
			Path settings = Chart.ROOT.resolve(module).resolve("src/main/resources/application.yml");
			Pattern.compile("topics: (.+)")
				.matcher(Files.readString(settings))
				.results()
				.flatMap((topics) -> Stream.of(topics.group(1).split(", *")))
				.forEach(published::add);
		}
		assertThat(words("AGORA_KAFKA_TOPICS")).isEqualTo(published);
	}

	@Test
	void createsADeadLetterTopicForEachListener() throws IOException {
		Set<String> expected = new TreeSet<>();
		for (String module : modules()) {
			for (Path source : listeners(module)) {
				String text = Files.readString(source);
				LISTENER.matcher(text)
					.results()
					.flatMap((listener) -> topics(module, listener)
						.map((topic) -> topic + "." + group(module, text, listener) + ".dlt"))
					.forEach(expected::add);
			}
		}
		assertThat(expected).contains("session.members.v1.feed.members.dlt");
		assertThat(words("AGORA_TOPICS_DEADLETTERS")).isEqualTo(expected);
	}

	/**
	 * By default Spring Boot uses these headers in a pod, so that a client could forge
	 * its address.
	 */
	@Test
	void everyServiceIgnoresForwardedHeaders() throws IOException {
		for (String module : List.of("gateway", "session-service", "product-service", "graph-service", "feed-service",
				"console")) {
			Path settings = Chart.ROOT.resolve(module).resolve("src/main/resources/application.yml");
			assertThat(Files.readString(settings)).as(module)
				.containsPattern("(?m)^server:\\R(  .*\\R)*  forward-headers-strategy: none$");
		}
	}

	/** Otherwise Spring Boot would replace placeholders in a secret. */
	@Test
	void everySecretIsTakenLiterally() throws IOException {
		String literal = Files
			.readString(Chart.ROOT.resolve("platform/src/main/java/dev/agora/platform/settings/LiteralSecrets.java"))
			.replace("-", "");
		List<String> secrets = Chart.all()
			.values()
			.stream()
			.flatMap((chart) -> chart.render().all("Deployment"))
			.flatMap(Pod::of)
			.flatMap(Pod::containers)
			.flatMap(SecretRules::secrets)
			.distinct()
			.toList();
		assertThat(secrets).contains("AGORA_KAFKA_LOGIN_PASSWORD", "AGORA_REDIS_PASSWORD", "AGORA_MONGODB_URI");
		assertThat(secrets).map((variable) -> '"' + variable.toLowerCase(Locale.ROOT).replace('_', '.') + '"')
			.allMatch(literal::contains);
	}

	@Test
	void usesTheImagesOfThisBuild() throws IOException {
		String pom = Files.readString(Chart.ROOT.resolve("pom.xml"));
		assertThat(pom).contains("<version>"
				+ Chart.read(Chart.FOLDER.resolve("Chart.yaml")).path("appVersion").asString() + "</version>");
	}

	@Test
	void setsOnlySettingsThatTheCodeReads() throws IOException {
		Settings settings = Settings.ofSources(Stream.concat(Stream.of("platform"), modules().stream()).toList());
		assertThat(settings.variables()).contains("AGORA_BUILD", "GATEWAY_EDGE_CORS_ALLOWEDORIGINS");
		assertThat(namedVariables())
			.contains("GATEWAY_DEADLINE_TIMEOUT", "AGORA_KAFKA_CONSUME", "AGORA_KAFKA_CLIENT_SASL_MECHANISM")
			.allMatch(settings::contains);
	}

	@Test
	void findsASettingThatNoCodeReads() {
		Settings settings = new Settings(new TreeSet<>(), new TreeSet<>());
		settings.read("""
				@ConfigurationProperties("gateway.edge")
				public record EdgeSettings(@DefaultValue List<String> trustedProxies, @Nullable Path ca,
						@DefaultValue Map<String, String> client, @DefaultValue("1KB") DataSize slowestBody) {
					private final Path other;
				""");
		assertThat(settings.variables()).containsExactly("GATEWAY_EDGE_CA", "GATEWAY_EDGE_SLOWESTBODY",
				"GATEWAY_EDGE_TRUSTEDPROXIES");
		assertThat(settings.contains("GATEWAY_EDGE_CLIENT_SSL_CA")).isTrue();
		assertThat(settings.contains("GATEWAY_EDGE_TRUSTED_PROXIES")).isFalse();
	}

	/** Collects the settings that the chart, its values, Skaffold and the docs name. */
	private static Set<String> namedVariables() throws IOException {
		Set<String> named = new TreeSet<>();
		List<Path> texts = new ArrayList<>(
				List.of(Chart.ROOT.resolve("skaffold.yaml"), Chart.ROOT.resolve("README.md")));
		for (String folder : List.of("docs", "helm/agora")) {
			try (Stream<Path> files = Files.walk(Chart.ROOT.resolve(folder))) {
				files.filter((file) -> file.toString().matches(".*\\.(md|yaml)")).forEach(texts::add);
			}
		}
		for (Path text : texts) {
			VARIABLE.matcher(Files.readString(text)).results().map(MatchResult::group).forEach(named::add);
		}
		Chart.all()
			.values()
			.stream()
			.flatMap((chart) -> chart.render().all("ConfigMap"))
			.flatMap((settings) -> settings.at("/data").propertyNames().stream())
			.filter((name) -> VARIABLE.matcher(name).matches())
			.forEach(named::add);
		return named;
	}

	private static List<String> modules() {
		return List.of("gateway", "session-service", "product-service", "graph-service", "feed-service");
	}

	private static Set<String> words(String variable) {
		return new TreeSet<>(List.of(ChartTests.variable(JOB, variable).split(",")));
	}

	private static List<Path> sources(String module) throws IOException {
		try (Stream<Path> files = Files.walk(Chart.ROOT.resolve(module).resolve("src/main/java"))) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
	}

	/**
	 * Lists the sources of a service, and those of the platform's listeners that it
	 * imports.
	 */
	private static List<Path> listeners(String module) throws IOException {
		List<Path> listeners = new ArrayList<>(sources(module));
		List<Path> shared = sources("platform");
		for (Path application : sources(module)) {
			if (application.toString().endsWith("Application.java")) {
				String imports = Files.readString(application);
				shared.stream().filter((source) -> isImported(source, imports)).forEach(listeners::add);
			}
		}
		return listeners;
	}

	private static boolean isImported(Path source, String imports) {
		return imports.contains(className(source));
	}

	private static String className(Path source) {
		return source.getFileName().toString().replace(".java", ".class,");
	}

	/**
	 * Returns the group of a listener, which a shared listener derives from the service.
	 */
	private static String group(String module, String source, MatchResult listener) {
		String group = listener.group(3);
		if (!group.equals("#{__listener.group()}")) {
			return group;
		}
		MatchResult suffix = Pattern.compile("replace\\(\"-service\", \"([^\"]+)\"\\)")
			.matcher(source)
			.results()
			.findFirst()
			.get();
		return module.replace("-service", suffix.group(1));
	}

	private static boolean isOfJobs(MatchResult listener) {
		return "\"#{__listener.topic()}\"".equals(listener.group(1));
	}

	private static Stream<String> topics(String module, MatchResult listener) {
		if (isOfJobs(listener)) {
			return Stream.of(module.replace("-service", ".jobs.v1"));
		}
		return (listener.group(1) != null) ? TEXT.matcher(listener.group(1)).results().map((topic) -> topic.group(1))
				: Stream.of(constant(module, listener));
	}

	private static String constant(String module, MatchResult listener) {
		try {
			for (Path source : sources(module)) {
				if (source.endsWith(listener.group(2) + ".java")) {
					return Pattern.compile("TOPIC = \"([^\"]+)\"")
						.matcher(Files.readString(source))
						.results()
						.map((constant) -> constant.group(1))
						.findFirst()
						.orElseThrow();
				}
			}
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		throw new AssertionError("There is no class " + listener.group(2));
	}

}
