package dev.agora.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.agora.feed.alpha.Alpha;
import dev.agora.feed.beta.Beta;
import dev.agora.platform.planted.KnowsAService;
import dev.agora.product.planted.BlockingPolicy;
import dev.agora.product.planted.KnowsADoor;
import dev.agora.product.planted.PlantedController;
import dev.agora.product.planted.Price;
import dev.agora.product.planted.PriceHelper;
import dev.agora.product.planted.QueryingPolicy;
import dev.agora.product.planted.UnboundedQueries;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ArchitectureTests {

	private static final JavaClasses agora = new ClassFileImporter().importPaths(Modules.classes());

	@Test
	void readsTheClassesOfAllModules() {
		assertThat(agora.size()).isGreaterThan(100);
		assertThat(agora.contain("dev.agora.feed.FeedApplication")).isTrue();
	}

	@ParameterizedTest
	@MethodSource("dev.agora.rules.Architecture#all")
	void keepsTheRule(ArchRule rule) {
		rule.check(agora);
	}

	@Test
	void findsAStateThatKnowsAFramework() {
		finds(Architecture.DOMAIN_KNOWS_ONLY_THE_JDK, Price.class);
	}

	@Test
	void findsAPolicyThatQueries() {
		finds(Architecture.ONLY_STORES_TOUCH_STORES, QueryingPolicy.class);
	}

	@Test
	void findsACallToADoor() {
		finds(Architecture.NOBODY_KNOWS_A_DOOR, KnowsADoor.class, PlantedController.class);
	}

	@Test
	void findsACircle() {
		finds(Architecture.FEATURES_HAVE_NO_CIRCLES, Alpha.class, Beta.class);
	}

	@Test
	void findsAPlatformThatKnowsAService() {
		finds(Architecture.PLATFORM_KNOWS_NO_SERVICE, KnowsAService.class, Price.class);
	}

	@Test
	void findsABlockingCall() {
		finds(Architecture.NOTHING_BLOCKS, BlockingPolicy.class);
	}

	@Test
	void findsAPackageOfTooManyTypes() {
		finds(classes().should(PackageConditions.shareTheirPackageWithAtMost(2)), Price.class, PriceHelper.class,
				QueryingPolicy.class);
	}

	@Test
	void findsAVagueName() {
		finds(Architecture.NAMES_SAY_SOMETHING, PriceHelper.class);
	}

	@Test
	void findsAQueryThatAsksForAllDocumentsAtOnce() {
		finds(Architecture.QUERIES_COME_IN_BATCHES, UnboundedQueries.class);
	}

	private static void finds(ArchRule rule, Class<?>... planted) {
		JavaClasses classes = new ClassFileImporter().importClasses(planted);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> rule.check(classes));
	}

}
