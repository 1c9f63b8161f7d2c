Engraft's distribution holds these jars of others, unchanged. Their licences' texts stand in the jars' META-INF, in
licenses/, or, where it is Apache-2.0 alone, in LICENSE.

<#list dependencyMap as entry>
<#assign project = entry.getKey()/>
<#assign licences = entry.getValue()/>
<#if project.groupId != "io.engraft">
${project.artifactId}-${project.version}.jar | <#list licences as licence>${licence}<#if licence_has_next>, </#if></#list> | ${project.groupId}
</#if>
</#list>
