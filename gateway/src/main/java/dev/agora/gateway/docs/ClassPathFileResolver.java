package dev.agora.gateway.docs;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.web.reactive.resource.ResourceResolver;
import org.springframework.web.reactive.resource.ResourceResolverChain;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.platform.digest.Sha256;

/**
 * Resolves every path to one file of the class path. The file is read when it is first
 * requested, and not on an event loop, since it may be in a jar.
 */
final class ClassPathFileResolver implements ResourceResolver {

	private static final int ETAG_LENGTH = 32;

	private final Mono<Resource> file;

	ClassPathFileResolver(String pattern) {
		this.file = Mono.<Resource>fromCallable(() -> LoadedFile.read(pattern))
			.subscribeOn(Schedulers.boundedElastic())
			.cacheInvalidateIf((read) -> false);
	}

	@Override
	public Mono<Resource> resolveResource(@Nullable ServerWebExchange exchange, String requestPath,
			List<? extends Resource> locations, ResourceResolverChain chain) {
		return this.file;
	}

	@Override
	public Mono<String> resolveUrlPath(String resourcePath, List<? extends Resource> locations,
			ResourceResolverChain chain) {
		return Mono.empty();
	}

	/** The entity tag of a file that was resolved here. */
	static @Nullable String etag(Resource resource) {
		return (resource instanceof LoadedFile file) ? file.etag : null;
	}

	/** A file in memory with its name, which determines its media type. */
	private static final class LoadedFile extends ByteArrayResource {

		private final @Nullable String name;

		private final String etag;

		private LoadedFile(@Nullable String name, byte[] bytes) {
			super(bytes);
			this.name = name;
			this.etag = "\"" + Sha256.hex(bytes).substring(0, ETAG_LENGTH) + "\"";
		}

		static LoadedFile read(String pattern) throws IOException {
			Resource[] found = new PathMatchingResourcePatternResolver()
				.getResources(ResourcePatternResolver.CLASSPATH_ALL_URL_PREFIX + pattern);
			if (found.length != 1) {
				throw new IllegalStateException(found.length + " files match " + pattern + " instead of one.");
			}
			return new LoadedFile(found[0].getFilename(), found[0].getContentAsByteArray());
		}

		@Override
		public @Nullable String getFilename() {
			return this.name;
		}

	}

}
