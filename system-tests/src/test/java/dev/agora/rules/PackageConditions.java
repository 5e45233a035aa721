package dev.agora.rules;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Conditions on the packages of types. */
final class PackageConditions {

	private PackageConditions() {
	}

	/**
	 * The package of a type has at most so many types; nested types count as part of the
	 * outermost one.
	 */
	static ArchCondition<JavaClass> shareTheirPackageWithAtMost(int limit) {
		return new ArchCondition<>("be one of at most " + limit + " types of their package") {

			private final Map<String, Set<String>> types = new TreeMap<>();

			@Override
			public void init(Collection<JavaClass> all) {
				this.types.clear();
			}

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
					this.types.computeIfAbsent(type.getPackageName(), (name) -> new TreeSet<>())
						.add(type.getSimpleName());
				}
			}

			@Override
			public void finish(ConditionEvents events) {
				this.types.forEach((name, found) -> {
					if (found.size() > limit) {
						events.add(SimpleConditionEvent.violated(name, name + " has the types " + found));
					}
				});
			}

		};
	}

}
