package dev.agora.system;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/** A build of product-service whose sellers have one more field. */
final class NextBuild {

	/** The additional field, in the documents and in the events of products. */
	static final String FIELD = "badge";

	private static final String VERSION = "98.0";

	private static final String SELLER = "dev/agora/product/catalog/Seller";

	private static final String COMPONENTS = "String name, long version) {";

	private static final String NEXT_COMPONENTS = """
			String name, long version, String %s) {

				public Seller(String id, String handle, String name, long version) {
					this(id, handle, name, version, "new");
				}
			""".formatted(FIELD);

	private NextBuild() {
	}

	/** Returns the program: a copy of the existing one with another class. */
	static Path ofProductService() throws IOException {
		Path module = TestSystem.root().resolve("product-service");
		Path next = TestSystem.root().resolve("system-tests/target/product-service-" + VERSION + "-exec.jar");
		try (Stream<Path> files = Files.list(module.resolve("target"))) {
			Path jar = files.filter((file) -> file.toString().endsWith("-exec.jar")).findFirst().orElseThrow();
			Files.copy(jar, next, StandardCopyOption.REPLACE_EXISTING);
		}
		Path compiled = compile(module);
		try (FileSystem jar = FileSystems.newFileSystem(next)) {
			Files.copy(compiled, jar.getPath("BOOT-INF/classes/" + SELLER + ".class"),
					StandardCopyOption.REPLACE_EXISTING);
		}
		return next;
	}

	private static Path compile(Path module) throws IOException {
		String source = Files.readString(module.resolve("src/main/java/" + SELLER + ".java"));
		assertThat(source).containsOnlyOnce(COMPONENTS);
		Path folder = Files.createDirectories(TestSystem.root().resolve("system-tests/target/next-build"));
		Path file = Files.writeString(folder.resolve("Seller.java"), source.replace(COMPONENTS, NEXT_COMPONENTS));
		String classes = Stream.of("platform", "product-service")
			.map((name) -> TestSystem.root().resolve(name).resolve("target/classes").toString())
			.collect(Collectors.joining(System.getProperty("path.separator")));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
			List<String> options = List.of("--release", "17", "-proc:none", "-cp", classes, "-d", folder.toString());
			assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file)).call())
				.isTrue();
		}
		return folder.resolve(SELLER + ".class");
	}

}
