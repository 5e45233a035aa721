package dev.agora.launcher.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.agora.launcher.root.DataDirectory;

/**
 * Finds out which program has written the data of a store. Another program, or another
 * version, would ignore the data or fail to read it.
 */
final class StoreEngines {

	private static final List<String> MONGOD_FILES = List.of("WiredTiger", "storage.bson", "mongod.lock");

	private static final String RECORD = "engine";

	/** Entries that are no data, such as the program that the launcher unpacks. */
	private static final List<String> NO_DATA = List.of(RECORD, "bin");

	private StoreEngines() {
	}

	/** Whether {@code mongod} has written the data in a directory. */
	static boolean isWrittenByMongod(Path directory) {
		return MONGOD_FILES.stream().anyMatch((file) -> Files.exists(directory.resolve(file)));
	}

	/** Whether the built-in MongoDB has written the data in a directory. */
	static boolean isWrittenByEmbeddedMongo(Path directory) throws IOException {
		return !isWrittenByMongod(directory) && !entries(directory).isEmpty();
	}

	/**
	 * Deletes the keys in a directory of Redis unless the same engine has written them,
	 * and records the engine.
	 * @return whether there were keys of another engine
	 */
	static boolean deleteKeysOfOtherEngine(Path directory, String engine) throws IOException {
		Path record = directory.resolve(RECORD);
		String before = Files.exists(record) ? Files.readString(record).strip() : "";
		List<Path> keys = entries(directory).stream()
			.filter((entry) -> !NO_DATA.contains(entry.getFileName().toString()))
			.toList();
		boolean otherEngine = !before.equals(engine) && !keys.isEmpty();
		if (otherEngine) {
			for (Path each : keys) {
				DataDirectory.delete(each);
			}
		}
		Files.writeString(record, engine + "\n");
		return otherEngine;
	}

	private static List<Path> entries(Path directory) throws IOException {
		try (Stream<Path> entries = Files.list(directory)) {
			return entries.toList();
		}
	}

}
