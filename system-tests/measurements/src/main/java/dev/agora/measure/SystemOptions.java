package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Path;

import picocli.CommandLine.Option;

/** The options that name the system which is measured. */
final class SystemOptions {

	@Option(names = "--root", defaultValue = ".", description = "Folder of the project.")
	private Path root = Path.of(".");

	@Option(names = "--data", defaultValue = ".agora", description = "Data directory of the running system.")
	private Path data = Path.of(".agora");

	RunningSystem open() throws IOException {
		return new RunningSystem(this.root, this.data);
	}

}
