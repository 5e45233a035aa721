package dev.agora.launcher.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import dev.agora.launcher.local.ImageOptions;
import dev.agora.launcher.local.LocalSystem;
import dev.agora.launcher.root.Installation;

/** Builds the images of the services in the local container engine. */
@Command(name = "images", description = "Build the images in the local container engine.")
public final class BuildImages implements Callable<Integer> {

	private static final String FAILED = """

			The images were not built; the reason is above. If the base image cannot be pulled, build one
			from a JDK 25 on this machine:
			  launcher/base-image.sh /path/to/jdk-25
			  ./agora images --base docker://agora-base:25
			""";

	@Option(names = "--base", paramLabel = "IMAGE",
			description = "The base image, with a Java 24 or later: NAME, tar://FILE, or docker://NAME for an image"
					+ " of the local engine.")
	private @Nullable String base;

	@Option(names = "--tag", paramLabel = "TAG", defaultValue = ImageOptions.TAG,
			description = "The tag of the images (default: ${DEFAULT-VALUE}).")
	private String tag = ImageOptions.TAG;

	@Override
	public Integer call() throws IOException, InterruptedException {
		Installation installation = Installation.current();
		List<String> command = new ArrayList<>();
		command.add(installation.maven());
		String modules = String.join(",", LocalSystem.SERVICES) + "," + LocalSystem.GATEWAY + ",console";
		command.addAll(List.of("-B", "--no-transfer-progress", "-q", "-Pimages", "-pl", modules, "-am", "-DskipTests",
				"-Dimage.tag=" + this.tag, "package", "jib:dockerBuild"));
		if (this.base != null) {
			command.add("-Dimage.base=" + this.base);
		}
		int status = new ProcessBuilder(command).directory(installation.root().toFile()).inheritIO().start().waitFor();
		System.out
			.print((status == 0) ? "The images are built. Start the system from them: ./agora up --images\n" : FAILED);
		return status;
	}

}
