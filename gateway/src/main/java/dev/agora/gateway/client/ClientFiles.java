package dev.agora.gateway.client;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The files of the module {@code web} in memory: its pages all have the same document,
 * which names the files by addresses that change with their content.
 */
final class ClientFiles {

	private static final String FOLDER = "agora-client/";

	private final Map<String, FileForms> files = new HashMap<>();

	private final FileForms index;

	private final List<PathPattern> routes;

	ClientFiles() throws IOException {
		for (Resource file : new PathMatchingResourcePatternResolver()
			.getResources("classpath*:" + FOLDER + "assets/*/**/*.*")) {
			String path = path(file);
			if (!path.endsWith(".gz") && !path.endsWith(".br")) {
				this.files.put(path, read(path));
			}
		}
		this.index = read("/index.html");
		this.routes = new ClassPathResource(FOLDER + "routes.txt").getContentAsString(StandardCharsets.UTF_8)
			.lines()
			.map(PathPatternParser.defaultInstance::parse)
			.toList();
	}

	/** The document of all pages. */
	FileForms index() {
		return this.index;
	}

	/** The file with an address of its own, null if there is none. */
	@Nullable FileForms find(String path) {
		return this.files.get(path);
	}

	/** The addresses of all files. */
	Set<String> paths() {
		return this.files.keySet();
	}

	/** The patterns of the pages' paths. */
	List<PathPattern> routes() {
		return this.routes;
	}

	private static String path(Resource file) throws IOException {
		String url = file.getURL().toString();
		return url.substring(url.lastIndexOf(FOLDER) + FOLDER.length() - 1);
	}

	private static FileForms read(String path) throws IOException {
		byte[] plain = content(path);
		if (plain == null) {
			throw new FileNotFoundException(
					"The class path has no " + FOLDER + " of the module web with " + path + ".");
		}
		String name = path.substring(path.lastIndexOf('/') + 1);
		return new FileForms(name, plain, content(path + ".gz"), content(path + ".br"));
	}

	private static byte @Nullable [] content(String path) throws IOException {
		ClassPathResource file = new ClassPathResource(FOLDER + path.substring(1));
		return file.exists() ? file.getContentAsByteArray() : null;
	}

}
