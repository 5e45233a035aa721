package dev.agora.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the files of the contracts. */
public final class ContractFiles {

	private ContractFiles() {
	}

	/**
	 * Reads a file.
	 * @param path the path from the folder of the project
	 */
	public static String read(String path) {
		try {
			return Files.readString(root().resolve(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads the schemas of a folder, by the types of their events. */
	public static Map<String, JsonNode> schemas(String folder) {
		Map<String, JsonNode> schemas = new TreeMap<>();
		try (Stream<Path> files = Files.list(root().resolve(folder))) {
			for (Path file : files.toList()) {
				String name = String.valueOf(file.getFileName());
				schemas.put(name.replaceFirst("\\.json$", ""), JsonMapper.shared().readTree(file));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return schemas;
	}

	private static Path root() {
		Path here = Path.of("").toAbsolutePath();
		return here.endsWith("system-tests") ? here.getParent() : here;
	}

}
