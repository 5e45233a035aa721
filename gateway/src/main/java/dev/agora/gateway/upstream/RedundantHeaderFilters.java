package dev.agora.gateway.upstream;

import java.util.List;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;

/**
 * Removes the header filters that Spring Cloud Gateway configures. Each of them copies
 * all headers of a request, while {@link UpstreamHeadersFilter} makes a single copy.
 */
public final class RedundantHeaderFilters implements BeanDefinitionRegistryPostProcessor {

	private static final List<String> STANDARD = List.of("removeForwardedHeadersFilter",
			"removeXForwardedHeadersFilter", "removeHopByHopHeadersFilter",
			"transferEncodingNormalizationHeadersFilter");

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		STANDARD.stream().filter(registry::containsBeanDefinition).forEach(registry::removeBeanDefinition);
	}

}
