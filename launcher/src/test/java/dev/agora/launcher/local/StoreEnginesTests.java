package dev.agora.launcher.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.launcher.process.Ports;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Executables;
import dev.agora.launcher.root.Installation;
import dev.agora.launcher.root.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

class StoreEnginesTests {

	private static final LaunchOptions OPTIONS = new LaunchOptions("127.0.0.1", 0, Map.of(), true, null, "320m", null,
			null, 1, false, false, false, null);

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "WiredTiger", "storage.bson", "mongod.lock" })
	void recognizesTheDataOfMongod(String file) throws IOException {
		Files.createFile(this.directory.resolve(file));
		assertThat(StoreEngines.isWrittenByMongod(this.directory)).isTrue();
		assertThat(StoreEngines.isWrittenByEmbeddedMongo(this.directory)).isFalse();
	}

	@Test
	void recognizesTheDataOfTheEmbeddedMongo() throws IOException {
		assertThat(StoreEngines.isWrittenByEmbeddedMongo(this.directory)).isFalse();
		Files.createFile(this.directory.resolve("documents.mv"));
		assertThat(StoreEngines.isWrittenByEmbeddedMongo(this.directory)).isTrue();
		assertThat(StoreEngines.isWrittenByMongod(this.directory)).isFalse();
	}

	@Test
	void refusesTheDataOfMongodWithoutMongod() throws IOException {
		assumeThat(Executables.find("mongod")).isNull();
		DataDirectory data = new DataDirectory(this.directory);
		Files.createFile(data.directory("mongodb").resolve("WiredTiger"));
		MongoProcess mongo = new MongoProcess(data, Installation.current(), Ports.of(data), OPTIONS);
		assertThatExceptionOfType(Problem.class).isThrownBy(mongo::spec)
			.withMessageContaining("was written by mongod")
			.withMessageContaining("--fresh");
	}

	@Test
	void deletesTheKeysOfAnotherRedis() throws IOException {
		Files.createDirectories(this.directory.resolve("bin"));
		assertThat(StoreEngines.deleteKeysOfOtherEngine(this.directory, "Redis 6.2")).isFalse();
		Path keys = Files.createFile(this.directory.resolve("appendonly.aof"));
		assertThat(StoreEngines.deleteKeysOfOtherEngine(this.directory, "Redis 6.2")).isFalse();
		assertThat(keys).exists();
		assertThat(StoreEngines.deleteKeysOfOtherEngine(this.directory, "Redis 7.0")).isTrue();
		assertThat(keys).doesNotExist();
		assertThat(this.directory.resolve("bin")).exists();
		assertThat(StoreEngines.deleteKeysOfOtherEngine(this.directory, "Redis 7.0")).isFalse();
	}

	@Test
	void deletesTheKeysOfAnUnknownRedis() throws IOException {
		Files.createDirectories(this.directory.resolve("appendonlydir"));
		assertThat(StoreEngines.deleteKeysOfOtherEngine(this.directory, "Valkey 8.1")).isTrue();
		assertThat(this.directory.resolve("appendonlydir")).doesNotExist();
	}

}
