package dev.agora.platform.testing;

import org.springframework.boot.webtestclient.autoconfigure.WebTestClientBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes every client of {@code @AutoConfigureWebTestClient} read whole responses. */
@Configuration(proxyBeanMethods = false)
public class WholeResponsesConfiguration {

	@Bean
	WebTestClientBuilderCustomizer readsWholeResponses() {
		return (client) -> client.filter(new WholeResponses()).responseTimeout(WholeResponses.TIMEOUT);
	}

}
