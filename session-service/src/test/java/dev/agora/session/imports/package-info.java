@NullMarked
package dev.agora.session.imports;

import org.jspecify.annotations.NullMarked;
