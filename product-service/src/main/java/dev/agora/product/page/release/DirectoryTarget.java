package dev.agora.product.page.release;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.FileSystemUtils;

/**
 * Writes pages to a directory. Each release has a directory of its own below
 * {@code releases} and, once it is complete, a file in {@code published}. The symbolic
 * link {@code current} names the published one and is replaced by a rename, which is
 * atomic.
 */
public final class DirectoryTarget extends ReleaseTarget {

	private static final String CURRENT = "current";

	private static final String SWITCH = "switch-";

	private final Path directory;

	private final Path releases;

	private final Path records;

	public DirectoryTarget(Path directory) {
		this.directory = directory;
		this.releases = directory.resolve("releases");
		this.records = directory.resolve("published");
	}

	@Override
	public Mono<Void> write(String release, PageFile file) {
		return run(() -> {
			Path plain = this.releases.resolve(release).resolve(file.pathWithExtension());
			Files.createDirectories(plain.getParent());
			Files.write(plain, file.content().plain());
			return Files.write(plain.resolveSibling(plain.getFileName() + ".gz"), file.content().gzip());
		}).then();
	}

	@Override
	Mono<String> published() {
		return run(this::publishedNow);
	}

	private @Nullable String publishedNow() throws IOException {
		try {
			return String.valueOf(Files.readSymbolicLink(this.directory.resolve(CURRENT)).getFileName());
		}
		catch (NoSuchFileException first) {
			return null;
		}
		catch (NotLinkException other) {
			throw new FileSystemException(other.getFile(), null, CURRENT + " is not a symbolic link");
		}
	}

	@Override
	Mono<Void> record(String release) {
		return run(() -> {
			Files.createDirectories(this.records);
			return Files.write(this.records.resolve(release), new byte[0]);
		}).then();
	}

	@Override
	Flux<String> recorded() {
		return run(() -> names(this.records)).flatMapIterable((names) -> names);
	}

	@Override
	Mono<Void> switchTo(String release) {
		return run(() -> {
			Files.createDirectories(this.records);
			// Two publishers never have the same link.
			return rename(this.records.resolve(SWITCH + UUID.randomUUID()), Path.of("releases", release));
		}).then();
	}

	private Path rename(Path link, Path release) throws IOException {
		try {
			Files.createSymbolicLink(link, release);
			return Files.move(link, this.directory.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(link);
		}
	}

	@Override
	Flux<String> releases() {
		return run(() -> names(this.releases)).flatMapIterable((names) -> names);
	}

	@Override
	Mono<Void> remove(String release) {
		return run(() -> {
			Files.deleteIfExists(this.records.resolve(release));
			return removeFiles(release);
		}).then();
	}

	private boolean removeFiles(String release) throws IOException {
		try {
			return FileSystemUtils.deleteRecursively(this.releases.resolve(release));
		}
		catch (NoSuchFileException removed) {
			// Another publisher removes it at the same time.
			return false;
		}
	}

	private static List<String> names(Path folder) throws IOException {
		if (Files.notExists(folder)) {
			return List.of();
		}
		try (Stream<Path> all = Files.list(folder)) {
			return all.map((each) -> each.getFileName().toString()).filter((name) -> !name.startsWith(SWITCH)).toList();
		}
	}

	private <T> Mono<T> run(Callable<T> work) {
		return Mono.fromCallable(work)
			.subscribeOn(Schedulers.boundedElastic())
			.onErrorMap(IOException.class, (failure) -> new TargetFailed(this.directory.toString(), reason(failure)));
	}

	private static String reason(IOException failure) {
		if (failure instanceof AccessDeniedException denied) {
			return "access to " + denied.getFile() + " is denied";
		}
		if (failure instanceof FileSystemException known && known.getReason() != null) {
			return known.getReason();
		}
		return (failure.getMessage() != null) ? failure.getMessage() : failure.toString();
	}

}
