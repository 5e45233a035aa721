package dev.agora.launcher.root;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataDirectoryTests {

	@TempDir
	private Path folder;

	private Path root;

	private DataDirectory data;

	@BeforeEach
	void createNames() {
		this.root = this.folder.resolve("data");
		this.data = new DataDirectory(this.root);
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	private static void open(Path path) throws IOException {
		Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	@Test
	void isReadableByItsOwnerOnly() throws IOException {
		assertThat(this.data.create()).isTrue();
		assertThat(permissions(this.root)).isEqualTo("rwx------");
		assertThat(permissions(this.data.directory("redis"))).isEqualTo("rwx------");
	}

	@Test
	void isMadePrivateIfAnEarlierVersionHasNot() throws IOException {
		open(Files.createDirectories(this.root.resolve("mongodb")));
		open(this.root);
		Files.createFile(this.root.resolve("ports.json"));
		assertThat(this.data.create()).isTrue();
		assertThat(permissions(this.root)).isEqualTo("rwx------");
		assertThat(permissions(this.root.resolve("mongodb"))).isEqualTo("rwx------");
	}

	@Test
	void keepsThePermissionsOfADirectoryWithOtherFiles() throws IOException {
		open(Files.createDirectories(this.root));
		Files.createFile(this.root.resolve("thesis.txt"));
		assertThat(this.data.create()).isTrue();
		assertThat(permissions(this.root)).isEqualTo("rwxr-xr-x");
		assertThat(permissions(this.root.resolve("logs"))).isEqualTo("rwx------");
		assertThat(permissions(this.data.directory("kafka"))).isEqualTo("rwx------");
		this.data.wipe();
		assertThat(this.root.resolve("thesis.txt")).exists();
	}

	@Test
	void mayBeASymbolicLink() throws IOException {
		Path disk = Files.createDirectories(this.folder.resolve("disk"));
		Files.createSymbolicLink(this.root, disk);
		this.data.create();
		assertThat(permissions(disk)).isEqualTo("rwx------");
		assertThat(this.data.directory("redis")).isDirectory();
	}

	@Test
	void isLockedByOneLauncher() throws IOException {
		this.data.create();
		try (DirectoryLock lock = DirectoryLock.acquire(this.data)) {
			assertThat(lock).isNotNull();
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> DirectoryLock.acquire(this.data))
				.withMessageContaining("process " + ProcessHandle.current().pid())
				.withMessageContaining("--data DIR");
		}
		DirectoryLock.acquire(this.data).close();
	}

}
