/** The code that README.md shows, in regions that {@link io.github.cdimessages.ReadmeTest} compares with it. */
package io.github.cdimessages.readme;
