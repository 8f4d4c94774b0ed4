import { launchTemplates, type LaunchTemplate } from '../../state/launch-template/launch-template.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { presentLaunchTemplate } from '../../present/launch-template.ts';
import { describe, type Filters } from '../describe.ts';
import { launchTemplateOf } from './launch-template-reference.ts';

const filters: Filters<LaunchTemplate> = {
  'create-time': ({ createdAt }) => new Date(createdAt).toISOString(),
  'launch-template-name': ({ name }) => name,
};

/** DescribeLaunchTemplates: by id, by name, by filters, page by page. */
export const describeLaunchTemplates: Ec2Operation<'DescribeLaunchTemplates'> = (ec2, input, call) =>
  ec2.store.view((tx) => {
    const named = [
      ...(input.LaunchTemplateIds ?? []).map((LaunchTemplateId) => ({ LaunchTemplateId })),
      ...(input.LaunchTemplateNames ?? []).map((LaunchTemplateName) => ({ LaunchTemplateName })),
    ];
    const page = describe(
      {
        list: 'launch-templates',
        rows: (after) => tx.table(launchTemplates).by('scope', call, after),
        named: named.map((reference) => launchTemplateOf(tx, call, reference)),
        filters,
        filterInput: input.Filters,
        sizes: [1, 200],
      },
      input,
      presentLaunchTemplate,
    );
    return { LaunchTemplates: page.items, NextToken: page.nextToken };
  });
