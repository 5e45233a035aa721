package dev.agora.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds the browser client: gives the files an address that contains the digest of all
 * of them, so that they can be cached for ever, and compresses them.
 */
public final class ClientBuild {

	private static final String INDEX = "index.html";

	/** Where the page names the address of the files. */
	private static final String ASSETS = "/assets/source";

	private static final Pattern PRELOADS = Pattern.compile("<!-- preloads -->");

	/** A route in {@code routes.js}, such as {@code path: '/products/:id'}. */
	private static final Pattern ROUTE = Pattern.compile("path: '([^']+)'");

	private final Path output;

	private final Map<String, byte[]> files = new TreeMap<>();

	private ClientBuild(Path output) {
		this.output = output;
	}

	/**
	 * Builds the client.
	 * @param args the folder of the sources, the folder of the libraries, the folder to
	 * write to, and {@code api=} with the origin of the API, which may be empty
	 */
	public static void main(String[] args) throws IOException {
		ClientBuild build = new ClientBuild(Path.of(args[2]));
		build.read(Path.of(args[0]), "");
		build.read(Path.of(args[1]), "libraries/");
		build.write(args[3].substring("api=".length()));
	}

	private void read(Path folder, String prefix) throws IOException {
		try (Stream<Path> all = Files.walk(folder)) {
			for (Path file : all.filter(Files::isRegularFile).toList()) {
				String name = prefix + folder.relativize(file).toString().replace('\\', '/');
				this.files.put(name, Files.readAllBytes(file));
			}
		}
	}

	private void write(String api) throws IOException {
		PreviousBuild.remove(this.output);
		String page = new String(this.files.remove(INDEX), StandardCharsets.UTF_8);
		String assets = "/assets/" + FilesDigest.of(this.files);
		for (Map.Entry<String, byte[]> file : this.files.entrySet()) {
			Precompressed.write(this.output.resolve(assets.substring(1)).resolve(file.getKey()), file.getValue());
		}
		String preloaded = PRELOADS.matcher(page).replaceFirst(preloads());
		byte[] index = preloaded.replace(ASSETS, assets)
			.replace("name=\"agora-api\" content=\"\"", "name=\"agora-api\" content=\"" + api + "\"")
			.getBytes(StandardCharsets.UTF_8);
		Precompressed.write(this.output.resolve(INDEX), index);
		Files.writeString(this.output.resolve("routes.txt"), routes());
	}

	/** All modules are requested at once, not when another one imports them. */
	private String preloads() {
		return this.files.keySet()
			.stream()
			.filter((name) -> name.endsWith(".js"))
			.map((name) -> "<link rel=\"modulepreload\" href=\"" + ASSETS + "/" + name + "\">")
			.collect(Collectors.joining("\n"));
	}

	/** The paths of the pages, as patterns of Spring. */
	private String routes() {
		String table = new String(this.files.getOrDefault("app/routes.js", new byte[0]), StandardCharsets.UTF_8);
		return ROUTE.matcher(table)
			.results()
			.map((MatchResult route) -> route.group(1).replaceAll(":(\\w+)", "{$1}"))
			.collect(Collectors.joining("\n", "", "\n"));
	}

}
